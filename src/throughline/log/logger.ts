import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import { identitiesLinkedTo } from './identities.ts'
import { withIdentities } from './with-identities.ts'

/**
 * A pino logger with these options, whose every line names the request and the trace that it was written in, and
 * links to it at `traceUiUrl`.
 *
 * @example
 * const logger = createLogger({ level: 'info' })
 * runWithContext({ correlationId: 'abc-123', startedAt: Date.now() }, () => logger.info('hello'))
 * // {"level":30,…,"correlationId":"abc-123","msg":"hello"}
 */
export function createLogger(
  { traceUiUrl, levelOnFailure, ...given }: LoggerOptions & Added,
  destination?: DestinationStream,
): Logger {
  const options = { ...given, serializers: { err: serializeError, ...given.serializers } }
  const logger = destination === undefined ? pino(options) : pino(options, destination)
  return withIdentities(logger, identitiesLinkedTo(traceUiUrl), levelOnFailure)
}

interface Added {
  traceUiUrl?: string | undefined
  /** Instead of LOG_LEVEL_ON_FAILURE. */
  levelOnFailure?: string | undefined
}

/** pino's own, which marks the error that it reads, and so throws at a frozen one. */
function serializeError(error: Error): object {
  try {
    return pino.stdSerializers.err(error)
  } catch {
    return { type: error.name, message: error.message, stack: error.stack }
  }
}
