import { type Attributes, type HrTime, type Span, trace } from '@opentelemetry/api'
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { SpanLimits } from '@opentelemetry/sdk-trace'
import { ATTR_EXCEPTION_STACKTRACE } from '@opentelemetry/semantic-conventions'
import { WRITTEN_LATE } from '../../src/throughline/log/held/held-line.ts'
import { SDK_MESSAGE_PREFIX } from '../diagnostics.ts'

/**
 * Tells a log line from a span's other events, and is its level as pino names it, such as `info`. The semantic
 * conventions have no attribute for a line's severity.
 */
export const LOG_SEVERITY = 'log.severity'

/**
 * Adds each log record to the span that it was logged in as an event, while that is open: Jaeger keeps no log
 * records, and so shows the lines where they were logged.
 *
 * The event is named by the line's message, which is what a trace UI lists, and has the line's fields as attributes.
 * The specification's bridge (https://opentelemetry.io/docs/specs/otel/logs/sdk/#event-to-span-event-bridge) takes
 * only records with an event name, which lines have not.
 */
export function logEvents({ attributeValueLengthLimit }: SpanLimits): LogRecordProcessor {
  return {
    onEmit({ body, severityText, attributes, hrTime }, context) {
      const span = context && trace.getSpan(context)
      const message = typeof body === 'string' ? body : 'log'
      // The SDK has a message about an event that it refuses: as an event itself it would lead to the next.
      if (!span?.isRecording() || message.startsWith(SDK_MESSAGE_PREFIX)) return
      const name = message.slice(0, attributeValueLengthLimit)
      // At the span's own clock, which is finer than a line's: a line never stands before its span begins.
      const time = context?.getValue(WRITTEN_LATE) ? withinSpan(hrTime, span) : undefined
      span.addEvent(name, { [LOG_SEVERITY]: severityText, ...fieldsOf(attributes) }, time)
    },
    async forceFlush() {},
    async shutdown() {},
  }
}

/** The time of a line that is written later than it was logged; its clock may be behind the span's. */
function withinSpan(time: HrTime, span: Span): HrTime {
  const start: HrTime | undefined = Reflect.get(span, 'startTime')
  if (start === undefined) return time
  return (time[0] - start[0] || time[1] - start[1]) < 0 ? start : time
}

/** What the span says already: its ids and the link to it, and the stack, which stands on its exception event. */
const SAID_BY_THE_SPAN = new Set(['correlationId', 'trace_url', ATTR_EXCEPTION_STACKTRACE])

/** A line's fields, flat as a span event takes them: `req.method` for what is in an object, JSON for what is deeper. */
function fieldsOf(fields: Attributes): Attributes {
  const flat: Attributes = {}
  for (const [name, value] of Object.entries(fields)) {
    if (SAID_BY_THE_SPAN.has(name)) continue
    if (!isObject(value)) set(flat, name, value)
    else for (const [key, inner] of Object.entries(value)) set(flat, `${name}.${key}`, inner)
  }
  return flat
}

/** The SDK would only complain about an empty name, or a value of null. */
function set(flat: Attributes, name: string, value: unknown): void {
  if (name === '' || value === null) return
  flat[name] = typeof value === 'object' ? JSON.stringify(value) : value
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
