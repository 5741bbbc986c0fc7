import { activeSpanContext, traceFlags, traceUrl } from '../identity/active-trace.ts'
import { getCorrelationId } from '../identity/context.ts'
import { activeHeldTrace } from '../identity/held-trace.ts'
import { traceUiUrlOf } from '../settings/settings.ts'
import { failed } from './held/failure.ts'
import { holdLinesOf } from './held/hold-lines-of.ts'
import { ERROR_LEVEL } from './level-numbers.ts'

/** The fields of a line that are written for what is current, and by nobody else. */
export const IDENTITIES = ['correlationId', 'trace_id', 'span_id', 'trace_flags', 'trace_url']

/** On the fields of a line that links to its trace at any level, as a request's last one does. */
export const LINKED = Symbol.for('throughline.linked')

/** From `error` on, as the loggers name them that have no numbers. */
const ERROR_LEVELS = new Set(['error', 'fatal', 'crit', 'critical', 'alert', 'emerg'])

/** The identities as fields of a line at `level`; `fields` are those that it has besides. */
export type Identities = (fields?: object, level?: number | string) => Record<string, string>

/**
 * Both identities of what is current, as fields of a log line: `correlationId`, `trace_id`, `span_id`, `trace_flags`,
 * and for an error `trace_url`, where TRACE_UI_URL is set; a field that there is no value for is left out. It is a
 * pino mixin as it stands, and serves any other logger.
 *
 * @example
 * runWithContext({ correlationId: 'abc-123', startedAt: Date.now() }, () => identities()) // { correlationId: 'abc-123' }
 */
export function identities(
  fields?: object,
  level?: number | string,
  // By any other type TypeScript would lose the levels of an app's own, where this is a mixin beside them.
  logger?: unknown,
): Record<string, string> {
  if (logger instanceof Object) holdLinesOf(logger)
  ofEnvironment ??= identitiesLinkedTo(traceUiUrlOf(process.env))
  return ofEnvironment(fields, level)
}

let ofEnvironment: Identities | undefined

/** The same, with links to this trace UI; without any where there is none. */
export function identitiesLinkedTo(traceUiUrl: string | undefined): Identities {
  return function identities(fields = {}, level = 0) {
    // Whatever is said at this level: the line is the one that somebody will look for the trace of.
    if (isError(level)) {
      activeHeldTrace()?.fail('error_line')
      failed()
    }
    const written: Record<string, string> = {}
    const correlationId = getCorrelationId()
    if (correlationId !== undefined) written.correlationId = correlationId
    const spanContext = activeSpanContext()
    if (spanContext === undefined) return written
    written.trace_id = spanContext.traceId
    written.span_id = spanContext.spanId
    written.trace_flags = traceFlags(spanContext)
    if (traceUiUrl === undefined || !(isError(level) || LINKED in fields)) return written
    const url = traceUrl(traceUiUrl, spanContext, activeHeldTrace()?.isKept)
    if (url !== undefined) written.trace_url = url
    return written
  }
}

function isError(level: number | string): boolean {
  return typeof level === 'number' ? level >= ERROR_LEVEL : ERROR_LEVELS.has(level.toLowerCase())
}
