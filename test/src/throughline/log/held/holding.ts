import { type Logger, type LoggerOptions, pino } from 'pino'
import {
  type RequestContext,
  runWithContext,
} from '../../../../../src/throughline/identity/context.ts'
import { identities } from '../../../../../src/throughline/log/identities.ts'
import { withIdentities } from '../../../../../src/throughline/log/with-identities.ts'
import { linesInMemory } from '../../../start-app.ts'

/** A logger of level info that holds what is below it, down to debug. */
export function holding<Custom extends string = never>(
  options: LoggerOptions<Custom> = {},
  levelOnFailure = 'debug',
) {
  const { lines, destination } = linesInMemory()
  const logger = withIdentities(pino(options, destination), identities, levelOnFailure)
  const messages = () => lines.map(({ msg }) => msg)
  return { logger, lines, messages }
}

export function context(correlationId = 'abc-123'): RequestContext {
  return { correlationId, startedAt: 0 }
}

/** What a line says that is held in a request until that fails. */
export function heldLine(log: (logger: Logger) => void, options?: LoggerOptions) {
  const { logger, lines } = holding(options)
  runWithContext(context(), () => {
    log(logger)
    logger.error('failed')
  })
  return lines[0] ?? {}
}
