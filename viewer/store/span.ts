import { textOf } from '../receiver/any-value.ts'
import {
  durationOf,
  type Level,
  levels,
  type OtlpLogRecord,
  type OtlpSpan,
  type Stored,
  serviceName,
  spanKind,
  timeOf,
} from '../receiver/otlp.ts'

/** A span as a reader sees it; times in nanoseconds, `otlp` is all of it. */
export type Span = ReturnType<typeof spanOf>

export const spanOf = ({ origin, item }: Stored<OtlpSpan>) => ({
  spanId: item.spanId,
  parentSpanId: item.parentSpanId,
  service: serviceName(origin),
  name: item.name,
  kind: spanKind(item.kind),
  start: BigInt(item.startTimeUnixNano),
  duration: durationOf(item),
  error: item.status.code === 2,
  resource: origin.resource.attributes ?? [],
  otlp: item,
})

/** A log record as a reader sees it; the time in nanoseconds. */
export type LogLine = ReturnType<typeof logLineOf>

export const logLineOf = ({ origin, item }: Stored<OtlpLogRecord>) => ({
  spanId: item.spanId,
  service: serviceName(origin),
  time: timeOf(item),
  level: levelOf(item.severityNumber ?? 9),
  message: item.body ? textOf(item.body) : (item.eventName ?? ''),
  attributes: item.attributes ?? [],
})

/** OTLP has four numbers to a level, from 1 to 24; 0 is unspecified, which info is for. */
const levelOf = (severity: number): Level =>
  severity === 0 ? 'info' : (levels[Math.floor((severity - 1) / 4)] ?? 'fatal')
