import { type DestinationStream, type Logger, pino } from 'pino'
import { activeSpanContext, traceFlags, traceUrl } from '../identity/active-trace.ts'
import { getCorrelationId } from '../identity/context.ts'
import { LINKED, mergeIdentities, ownIdentities } from './own-identities.ts'

/** pino's number for `error`: from here on a line carries a link to its trace. */
const ERROR_LEVEL = 50

export interface LoggerOptions {
  /** A pino level. */
  level: string
  /** The trace UI that `trace_url` points to. */
  traceUiUrl?: string | undefined
}

/**
 * A pino logger whose every line names the request and the trace that it was written in.
 *
 * @example
 * const logger = createLogger({ level: 'info' })
 * runWithContext({ correlationId: 'abc-123', startedAt: Date.now() }, () => logger.info('hello'))
 * // {"level":30,…,"correlationId":"abc-123","msg":"hello"}
 */
export function createLogger(options: LoggerOptions, destination?: DestinationStream): Logger {
  const settings = {
    level: options.level,
    serializers: { err: serializeError },
    mixin: (fields: object, level: number) =>
      identities(level >= ERROR_LEVEL || LINKED in fields ? options.traceUiUrl : undefined),
    mixinMergeStrategy: mergeIdentities,
  }
  return ownIdentities(destination === undefined ? pino(settings) : pino(settings, destination))
}

/** pino's own, which marks the error that it reads, and so throws at a frozen one. */
function serializeError(error: Error): object {
  try {
    return pino.stdSerializers.err(error)
  } catch {
    return { type: error.name, message: error.message, stack: error.stack }
  }
}

/** Both identities as log fields; a field that there is no value for is left out, never null. */
function identities(traceUiUrl: string | undefined): object {
  const fields: Record<string, string> = {}
  const correlationId = getCorrelationId()
  if (correlationId !== undefined) fields.correlationId = correlationId
  const spanContext = activeSpanContext()
  if (spanContext === undefined) return fields
  fields.trace_id = spanContext.traceId
  fields.span_id = spanContext.spanId
  fields.trace_flags = traceFlags(spanContext)
  const url = traceUrl(traceUiUrl, spanContext)
  if (url !== undefined) fields.trace_url = url
  return fields
}
