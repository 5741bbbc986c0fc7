import { z } from 'zod'
import { type KeyValue, textOf } from '../../viewer/receiver/any-value.ts'
import type { OtlpLogRecord, OtlpSpan, Stored } from '../../viewer/receiver/otlp.ts'
import { type Decoded, decodeLogs, decodeTraces } from '../../viewer/receiver/otlp-request.ts'
import { logLineOf, spanOf } from '../../viewer/store/span.ts'
import type { Moment } from './moments.ts'
import { type Attributes, groupByTrace, type Span, type Trace } from './trace.ts'

/** The v3 API puts OTLP's own object into a `result`. */
const envelope = z.object({ result: z.looseObject({}) })

/** The traces of an answer, newest first; parsing throws a ZodError where it is no OTLP, or no span of it can be read. */
export const tracesFromAnswer = envelope.transform(({ result }, context): Trace[] => {
  const decoded = decodeTraces(result)
  const traces = tracesOf(decoded)
  if (traces.length === 0) refuseMalformed(decoded, context)
  return traces
})

/** The log records of an answer; parsing throws a ZodError where it is no OTLP. */
export const logRecordsFromAnswer = envelope.transform(({ result }, context): Moment[] => {
  const decoded = decodeLogs(result)
  refuseMalformed(decoded, context)
  return decoded.batches.flatMap(({ origin, items }) =>
    items.map((item) => toMoment({ origin, item })),
  )
})

/** The traces of what was read, newest first. */
export function tracesOf({ batches, rejected, reason = '' }: Decoded<OtlpSpan>): Trace[] {
  const spans = batches.flatMap(({ origin, items }) =>
    items.map((item) => toSpan({ origin, item })),
  )
  const traces = groupByTrace(spans)
  // A waterfall without some of its spans would mislead, unless it says so.
  return rejected === 0 ? traces : traces.map((each) => ({ ...each, unread: { rejected, reason } }))
}

/** The log records of one trace, out of what was read. */
export function momentsOfTrace({ batches }: Decoded<OtlpLogRecord>, traceId: string): Moment[] {
  return batches.flatMap(({ origin, items }) =>
    items.filter((item) => item.traceId === traceId).map((item) => toMoment({ origin, item })),
  )
}

function refuseMalformed({ rejected, reason }: Decoded<unknown>, context: z.RefinementCtx): void {
  if (rejected === 0) return
  context.addIssue({ code: 'custom', message: `${rejected} malformed: ${reason}` })
}

function toSpan(stored: Stored<OtlpSpan>): Span {
  const { traceId, status, attributes, events = [], links = [] } = stored.item
  const { spanId, parentSpanId, service, name, start, duration, error } = spanOf(stored)
  return {
    ...{ traceId, spanId, parentSpanId, service, name, start, duration, error },
    statusMessage: status.message ?? '',
    attributes: toAttributes(attributes),
    events: events.map((event) => ({
      time: BigInt(event.timeUnixNano),
      name: event.name,
      attributes: toAttributes(event.attributes),
    })),
    links: links.map(({ traceId, spanId }) => ({ traceId, spanId })),
  }
}

function toMoment(stored: Stored<OtlpLogRecord>): Moment {
  const { time, spanId, level, message } = logLineOf(stored)
  const attributes = toAttributes(stored.item.attributes)
  return { kind: 'log', time, spanId, level: level.toUpperCase(), text: message, attributes }
}

function toAttributes(list: readonly KeyValue[] = []): Attributes {
  return Object.fromEntries(list.map(({ key, value }) => [key, textOf(value)]))
}
