import { type DestinationStream, type Logger, type LoggerOptions } from 'pino'
/**
 * A pino logger with these options, whose every line names the request and the trace that it was written in, and
 * links to it at `traceUiUrl`.
 *
 * @example
 * const logger = createLogger({ level: 'info' })
 * runWithContext({ correlationId: 'abc-123', startedAt: Date.now() }, () => logger.info('hello'))
 * // {"level":30,…,"correlationId":"abc-123","msg":"hello"}
 */
export declare function createLogger(
  {
    traceUiUrl,
    ...given
  }: LoggerOptions & {
    traceUiUrl?: string | undefined
  },
  destination?: DestinationStream,
): Logger
