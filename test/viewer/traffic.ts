/** OTLP as an app sends it, with only what a test is about spelled out. */
export interface SpanInput {
  traceId?: string
  spanId?: string
  parentSpanId?: string
  name?: string
  kind?: number | string
  /** Milliseconds after `base`, and how long it took. */
  at?: number
  took?: number
  attributes?: Record<string, string | number | boolean>
  [other: string]: unknown
}

/** An hour of 2026, in milliseconds since 1970. */
export const base = Date.UTC(2026, 5, 1, 12)
export const traceIdOf = (n: number) => n.toString(16).padStart(32, 'a')
export const spanIdOf = (n: number) => n.toString(16).padStart(16, 'b')
const nanos = (at: number) => `${BigInt(Math.round((base + at) * 1000)) * 1000n}`

function anyValue(value: string | number | boolean) {
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'string') return { stringValue: value }
  return Number.isInteger(value) ? { intValue: value } : { doubleValue: value }
}
export const keyValues = (attributes: Record<string, string | number | boolean>) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }))

export function span(input: SpanInput = {}) {
  const { at = 0, took = 10, attributes = {}, ...rest } = input
  return {
    traceId: traceIdOf(1),
    spanId: spanIdOf(1),
    name: 'GET /work',
    kind: 2,
    startTimeUnixNano: nanos(at),
    endTimeUnixNano: nanos(at + took),
    attributes: keyValues(attributes),
    status: {},
    ...rest,
  }
}

export const traces = (service: string, ...spans: object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: keyValues({ 'service.name': service }) },
      scopeSpans: [{ scope: { name: 'test' }, spans }],
    },
  ],
})

export function line(
  body: string,
  input: { at?: number; severityNumber?: number; [other: string]: unknown } = {},
) {
  const { at = 0, ...rest } = input
  return {
    timeUnixNano: nanos(at),
    severityNumber: 9,
    body: { stringValue: body },
    traceId: traceIdOf(1),
    spanId: spanIdOf(1),
    ...rest,
  }
}

export const logs = (service: string, ...logRecords: object[]) => ({
  resourceLogs: [
    {
      resource: { attributes: keyValues({ 'service.name': service }) },
      scopeLogs: [{ scope: { name: 'pino' }, logRecords }],
    },
  ],
})
