import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  type Logger,
  pino,
} from 'pino'
import { activeSpanContext, traceFlags, traceUrl } from './active-trace.ts'
import { getCorrelationId } from './context.ts'

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
    mixin: (_fields: object, level: number) => identities(level, options.traceUiUrl),
    // The identities win over fields of the same name that a call passes in.
    mixinMergeStrategy: (fields: object, mixed: object) => ({ ...fields, ...mixed }),
  }
  return ownIdentities(destination === undefined ? pino(settings) : pino(settings, destination))
}

const IDENTITIES = ['correlationId', 'trace_id', 'span_id', 'trace_flags', 'trace_url']

/** Lets no child logger bind an identity: pino would write it beside the mixin's, the same key twice. */
function ownIdentities(logger: Logger): Logger {
  const { child } = logger
  return Object.defineProperty(logger, 'child', {
    value(this: Logger, bindings: Bindings, options?: ChildLoggerOptions) {
      return Reflect.apply(child, this, [withoutIdentities(bindings), options])
    },
  })
}

function withoutIdentities(bindings: Bindings): Bindings {
  if (!IDENTITIES.some((name) => name in bindings)) return bindings
  return Object.fromEntries(Object.entries(bindings).filter(([name]) => !IDENTITIES.includes(name)))
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
function identities(level: number, traceUiUrl: string | undefined): object {
  const fields: Record<string, string> = {}
  const correlationId = getCorrelationId()
  if (correlationId !== undefined) fields.correlationId = correlationId
  const spanContext = activeSpanContext()
  if (spanContext === undefined) return fields
  fields.trace_id = spanContext.traceId
  fields.span_id = spanContext.spanId
  fields.trace_flags = traceFlags(spanContext)
  const url = level >= ERROR_LEVEL ? traceUrl(traceUiUrl, spanContext) : undefined
  if (url !== undefined) fields.trace_url = url
  return fields
}
