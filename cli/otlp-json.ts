import { z } from 'zod'
import { type KeyValue, textOf } from '../viewer/any-value.ts'
import { type OtlpLogRecord, type OtlpSpan, serviceName } from '../viewer/otlp.ts'
import { type Decoded, decodeLogs, decodeTraces } from '../viewer/otlp-request.ts'
import type { Moment } from './moments.ts'
import { type Attributes, groupByTrace, later, type Span, type Trace } from './trace.ts'

const STATUS_ERROR = 2
const SEVERITIES = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']

/** The v3 API puts OTLP's own object into a `result`. */
const envelope = z.object({ result: z.looseObject({}) })

/** The traces of an answer, newest first; parsing throws a ZodError where it is no OTLP. */
export const tracesFromAnswer = envelope.transform(({ result }, context): Trace[] => {
  const decoded = decodeTraces(result)
  refuseMalformed(decoded, context)
  const spans = decoded.batches.flatMap(({ origin, items }) =>
    items.map((item) => toSpan(item, serviceName(origin))),
  )
  return groupByTrace(spans)
})

/** The log records of an answer; parsing throws a ZodError where it is no OTLP. */
export const logRecordsFromAnswer = envelope.transform(({ result }, context): Moment[] => {
  const decoded = decodeLogs(result)
  refuseMalformed(decoded, context)
  return decoded.batches.flatMap(({ items }) => items.map(toMoment))
})

/** A waterfall without some of its spans would mislead. */
function refuseMalformed({ rejected, reason }: Decoded<unknown>, context: z.RefinementCtx): void {
  if (rejected === 0) return
  context.addIssue({ code: 'custom', message: `${rejected} malformed: ${reason}` })
}

function toSpan(item: OtlpSpan, service: string): Span {
  const start = BigInt(item.startTimeUnixNano)
  return {
    traceId: item.traceId,
    spanId: item.spanId,
    parentSpanId: item.parentSpanId,
    service,
    name: item.name,
    start,
    end: later(start, BigInt(item.endTimeUnixNano)),
    error: item.status.code === STATUS_ERROR,
    statusMessage: item.status.message ?? '',
    attributes: toAttributes(item.attributes),
    events: (item.events ?? []).map((event) => ({
      time: BigInt(event.timeUnixNano),
      name: event.name,
      attributes: toAttributes(event.attributes),
    })),
  }
}

function toMoment(item: OtlpLogRecord): Moment {
  const { severityNumber = 0, severityText } = item
  return {
    kind: 'log',
    time: BigInt(item.timeUnixNano ?? item.observedTimeUnixNano ?? 0),
    spanId: item.spanId,
    // Each severity has four numbers: https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber
    level:
      severityText?.toUpperCase() || (SEVERITIES[Math.floor((severityNumber - 1) / 4)] ?? 'LOG'),
    text: item.body ? textOf(item.body) : (item.eventName ?? ''),
    attributes: toAttributes(item.attributes),
  }
}

function toAttributes(list: readonly KeyValue[] = []): Attributes {
  return Object.fromEntries(list.map(({ key, value }) => [key, textOf(value)]))
}
