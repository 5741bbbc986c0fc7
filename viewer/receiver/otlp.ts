import { anyValue, attributes, type KeyValue } from './any-value.ts'
import { field, type JsonInput, needed, type TypeOf } from './field.ts'
import { list, message } from './message.ts'
import { enumOf, fixed32, idOf, orNone, text, uint32, unixNano } from './scalars.ts'

/*
 * What of OTLP's messages the viewer reads (https://github.com/open-telemetry/opentelemetry-proto, 1.x), as Jaeger
 * answers it: ids lowercase, int64 as string, enums as numbers, and what is empty, zero or unknown left out.
 */

const traceId = idOf(32)
const spanId = idOf(16)

export const spanKinds = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
] as const
export type SpanKind = (typeof spanKinds)[number]

/** The kind by its OTLP number; unspecified where that has none. */
export const spanKind = (kind: number | undefined): SpanKind =>
  spanKinds[kind ?? 0] ?? 'unspecified'

export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type Level = (typeof levels)[number]

/** The names of the severities, four to a level. */
const severities = levels.flatMap((level) => ['', '2', '3', '4'].map((finer) => level + finer))

const event = message({
  timeUnixNano: needed(1, unixNano, '0'),
  name: field(2, text, ''),
  attributes: field(3, attributes),
})

const anyLink = message({
  traceId: field(1, orNone(traceId)),
  spanId: field(2, orNone(spanId)),
  traceState: field(3, text),
  attributes: field(4, attributes),
})
/** The specification allows links that lead to no span; Jaeger leaves them out too. */
const link = {
  ...anyLink,
  json(...input: JsonInput) {
    const { traceId, spanId, ...rest } = anyLink.json(...input)
    return traceId && spanId ? { traceId, spanId, ...rest } : undefined
  },
}

const status = message({
  message: field(2, text),
  code: field(3, enumOf('STATUS_CODE', ['unset', 'ok', 'error'])),
})

export const otlpSpan = message({
  traceId: needed(1, traceId),
  spanId: needed(2, spanId),
  traceState: field(3, text),
  parentSpanId: field(4, orNone(spanId)),
  flags: field(16, fixed32),
  name: field(5, text, ''),
  kind: field(6, enumOf('SPAN_KIND', spanKinds)),
  startTimeUnixNano: needed(7, unixNano),
  endTimeUnixNano: field(8, unixNano, '0'),
  attributes: field(9, attributes),
  droppedAttributesCount: field(10, uint32),
  events: field(11, list(event)),
  droppedEventsCount: field(12, uint32),
  links: field(13, list(link)),
  droppedLinksCount: field(14, uint32),
  status: field(15, status, {}),
})
export type OtlpSpan = TypeOf<typeof otlpSpan>

export const otlpLogRecord = message({
  timeUnixNano: field(1, unixNano),
  observedTimeUnixNano: field(11, unixNano),
  severityNumber: field(2, enumOf('SEVERITY_NUMBER', ['unspecified', ...severities])),
  severityText: field(3, text),
  body: field(5, anyValue),
  attributes: field(6, attributes),
  traceId: field(9, orNone(traceId)),
  spanId: field(10, orNone(spanId)),
  eventName: field(12, text),
})
export type OtlpLogRecord = TypeOf<typeof otlpLogRecord>

export const resource = message({ attributes: field(1, attributes) })
export const scope = message({
  name: field(1, text),
  version: field(2, text),
  attributes: field(3, attributes),
})

/** Who sent it: the resource and the instrumentation scope that a batch of spans or records shares. */
export const otlpOrigin = message({ resource: field(1, resource, {}), scope: field(2, scope, {}) })
export type OtlpOrigin = TypeOf<typeof otlpOrigin>

/** The resource's service.name, or what the specification calls a resource without one. */
export const serviceName = ({ resource }: OtlpOrigin): string =>
  attribute(resource.attributes, 'service.name') ?? 'unknown_service'

/** The text of a string attribute, undefined where there is none of that name. */
export function attribute(list: KeyValue[] | undefined, key: string): string | undefined {
  const value = list?.find((entry) => entry.key === key)?.value
  return value && 'stringValue' in value ? value.stringValue : undefined
}

/** A span or a log record with the resource and scope that it came from. */
export interface Stored<T> {
  origin: OtlpOrigin
  item: T
}

/** Nanoseconds from start to end, never below zero. */
export function durationOf({ startTimeUnixNano, endTimeUnixNano }: OtlpSpan): number {
  return Math.max(0, Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)))
}

/** When the record was made, or else when it was observed, in nanoseconds since 1970. */
export function timeOf({ timeUnixNano = '0', observedTimeUnixNano = '0' }: OtlpLogRecord): bigint {
  return BigInt(timeUnixNano === '0' ? observedTimeUnixNano : timeUnixNano)
}
