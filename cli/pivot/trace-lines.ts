import { LOG_SEVERITY } from '../../otel/records/log-events.ts'
import type { OtlpSpan } from '../../viewer/receiver/otlp.ts'
import type { LogLine } from '../../viewer/store/span.ts'
import { attributeText, type Trace } from '../trace/trace.ts'

/** What has a line in a trace: a log line, an exception (level `EXCEPTION`) or another event of a span (`EVENT`). */
export interface TraceLine extends Omit<LogLine, 'service' | 'level'> {
  /** Of a log line `INFO`, `ERROR`… */
  level: string
}

type SpanEvent = NonNullable<OtlpSpan['events']>[number]

/** Everything with a time in the trace, in order; log lines of a log store replace the copies of them on spans. */
export function traceLines(trace: Trace, logLines: readonly LogLine[]): TraceLine[] {
  const onSpans = trace.spans.flatMap(({ spanId, otlp: { events = [] } }) =>
    events
      .filter((event) => logLines.length === 0 || severityOf(event) === undefined)
      .map((event) => fromEvent(event, spanId)),
  )
  const stored = logLines.map((line) => ({ ...line, level: line.level.toUpperCase() }))
  return [...onSpans, ...stored].sort((a, b) => Number(a.time - b.time))
}

function fromEvent(event: SpanEvent, spanId: string): TraceLine {
  const { timeUnixNano, name, attributes = [] } = event
  const line = { time: BigInt(timeUnixNano), spanId, attributes, message: name }
  const severity = severityOf(event)
  if (severity !== undefined) return { ...line, level: severity.toUpperCase() }
  if (name !== 'exception') return { ...line, level: 'EVENT' }
  const parts = ['exception.type', 'exception.message'].map((key) => attributeText(attributes, key))
  const message = parts.filter((part) => part !== undefined).join(': ')
  return { ...line, level: 'EXCEPTION', message }
}

const severityOf = ({ attributes }: SpanEvent) => attributeText(attributes, LOG_SEVERITY)
