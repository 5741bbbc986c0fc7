interface SpanOptions {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  /** Milliseconds from `start` to its beginning and its end. */
  from: number
  to: number
  correlationId?: string
  failed?: string
  links?: { traceId: string; spanId: string }[]
  events?: { at: number; name: string; attributes: Record<string, string> }[]
}

/** A service's spans as an OTLP `ResourceSpans`, their times counted from `start` in ms since the epoch. */
export function resourceSpans(service: string, start: number, spans: readonly SpanOptions[]) {
  const nanoseconds = (offset: number) => String(BigInt(start) * 1_000_000n + BigInt(offset * 1e6))
  return {
    resource: { attributes: attributes({ 'service.name': service }) },
    scopeSpans: [
      {
        scope: { name: 'test' },
        spans: spans.map(({ from, to, correlationId, failed, events = [], ...span }) => ({
          ...span,
          kind: 2,
          startTimeUnixNano: nanoseconds(from),
          endTimeUnixNano: nanoseconds(to),
          attributes: attributes(correlationId ? { 'correlation.id': correlationId } : {}),
          events: events.map((event) => ({
            timeUnixNano: nanoseconds(event.at),
            name: event.name,
            attributes: attributes(event.attributes),
          })),
          status: failed === undefined ? {} : { code: 2, message: failed },
        })),
      },
    ],
  }
}

/**
 * One failed checkout over two services, 40 ms long:
 *
 *     GET /checkout        shop      0..40  ERROR
 *     ├ INFO taking the order        1
 *     ├ POST               shop      2..32
 *     │ └ POST /charge     payments  4..30  ERROR
 *     │   └ exception                29
 *     └ ERROR request failed         39
 */
export function checkoutTrace(traceId: string, correlationId: string, start: number) {
  const log = (severity: string) => ({ 'log.severity': severity })
  const shop = resourceSpans('shop', start, [
    {
      traceId,
      spanId: '00000000000000a1',
      name: 'GET /checkout',
      from: 0,
      to: 40,
      correlationId,
      failed: '',
      events: [
        { at: 1, name: 'taking the order', attributes: log('info') },
        { at: 39, name: 'request failed', attributes: log('error') },
      ],
    },
    {
      traceId,
      spanId: '00000000000000a2',
      parentSpanId: '00000000000000a1',
      name: 'POST',
      from: 2,
      to: 32,
      correlationId,
    },
  ])
  const declined = { 'exception.type': 'Error', 'exception.message': 'card declined' }
  const payments = resourceSpans('payments', start, [
    {
      traceId,
      spanId: '00000000000000b1',
      parentSpanId: '00000000000000a2',
      name: 'POST /charge',
      from: 4,
      to: 30,
      correlationId,
      failed: 'card declined',
      events: [{ at: 29, name: 'exception', attributes: declined }],
    },
  ])
  return { resourceSpans: [shop, payments] }
}

function attributes(values: Record<string, string>) {
  return Object.entries(values).map(([key, value]) => ({ key, value: { stringValue: value } }))
}
