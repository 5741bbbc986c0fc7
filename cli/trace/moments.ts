import { LOG_SEVERITY } from '../../otel/records/log-events.ts'
import { type Attributes, compare, type SpanEvent, type Trace } from './trace.ts'

/** What happened at one point in time: a log line, an exception or any other event; `time` is nanoseconds since the epoch. */
export interface Moment {
  kind: 'log' | 'exception' | 'event'
  time: bigint
  /** Undefined for a line that was logged outside every span the trace has. */
  spanId: string | undefined
  /** `INFO`, `ERROR`…; `EXCEPTION` and `EVENT` for what is no log line. */
  level: string
  text: string
  attributes: Attributes
}

/** Everything with a time in the trace, in order; records from a log store replace the copies of them on spans. */
export function momentsOf(trace: Trace, records: readonly Moment[]): Moment[] {
  const fromEvents = trace.spans.flatMap((span) =>
    span.events.map((event) => fromEvent(event, span.spanId)),
  )
  const kept = records.length === 0 ? fromEvents : fromEvents.filter(({ kind }) => kind !== 'log')
  return [...kept, ...records].sort((a, b) => compare(a.time, b.time))
}

function fromEvent({ time, name, attributes }: SpanEvent, spanId: string): Moment {
  const moment = { time, spanId, attributes }
  const severity = attributes[LOG_SEVERITY]
  if (severity !== undefined) {
    return { ...moment, kind: 'log', level: severity.toUpperCase(), text: name }
  }
  if (name === 'exception') {
    return { ...moment, kind: 'exception', level: 'EXCEPTION', text: exceptionText(attributes) }
  }
  return { ...moment, kind: 'event', level: 'EVENT', text: name }
}

function exceptionText(attributes: Attributes): string {
  const parts = [attributes['exception.type'], attributes['exception.message']]
  return parts.filter((part) => part !== undefined).join(': ')
}
