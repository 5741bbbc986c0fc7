import { type KeyValue, textOf } from '../receiver/any-value.ts'
import {
  durationOf,
  type OtlpLogRecord,
  type OtlpSpan,
  type SpanKind,
  type Stored,
  serviceName,
  spanKind,
  timeOf,
} from '../receiver/otlp.ts'

/** A span as a reader sees it; times in nanoseconds, `otlp` is all of it. */
export interface Span {
  spanId: string
  parentSpanId: string | undefined
  service: string
  name: string
  kind: SpanKind
  start: bigint
  duration: number
  error: boolean
  resource: KeyValue[]
  otlp: OtlpSpan
}

export function spanOf({ origin, item }: Stored<OtlpSpan>): Span {
  return {
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
  }
}

export type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'
export const levels: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']

/** A log record as a reader sees it. */
export interface LogLine {
  spanId: string | undefined
  service: string
  time: bigint
  level: Level
  message: string
  attributes: KeyValue[]
}

export function logLineOf({ origin, item }: Stored<OtlpLogRecord>): LogLine {
  return {
    spanId: item.spanId,
    service: serviceName(origin),
    time: timeOf(item),
    level: levelOf(item.severityNumber ?? 9),
    message: item.body ? textOf(item.body) : (item.eventName ?? ''),
    attributes: item.attributes ?? [],
  }
}

/** OTLP has four numbers to a level, from 1 to 24; 0 is unspecified, which info is for. */
const levelOf = (severity: number): Level =>
  severity === 0 ? 'info' : (levels[Math.floor((severity - 1) / 4)] ?? 'fatal')
