import type { PinoOptions } from '../options.ts'
import { logLevel } from '../settings/environment.ts'
import { identitiesLinkedTo } from './identities.ts'
import type { Logger } from './lines.ts'
import type { LogDestination } from './log-destination.ts'
import { createLogger } from './logger.ts'
import { isPino } from './pino-symbols.ts'
import { isStdoutReplaced, stdoutLog } from './stdout-log.ts'
import { withIdentities } from './with-identities.ts'

/** The app's logger, and where its lines go if they may have to wait for a reader. */
export interface AppLogger {
  logger: Logger
  log?: LogDestination
}

/**
 * The app's own logger, or one with these options of pino's, with both identities on its lines. Throws a TypeError
 * where it lacks a level that lines of ours are written at.
 */
export function appLogger(given?: Logger | PinoOptions, traceUiUrl?: string): AppLogger {
  const own = ownedLogger(given, traceUiUrl)
  const missing = OUR_LEVELS.filter((level) => typeof own.logger[level] !== 'function')
  if (missing.length === 0) return own
  throw new TypeError(
    `a logger without ${missing.join(', ')}: leave out pino's option useOnlyCustomLevels, and its own levels stay beside these`,
  )
}

const OUR_LEVELS = ['info', 'warn', 'error', 'fatal'] as const

function ownedLogger(given: Logger | PinoOptions = {}, traceUiUrl?: string): AppLogger {
  if (isLogger(given)) return { logger: withIdentities(given, identitiesLinkedTo(traceUiUrl)) }
  const level = logLevel().safeParse(process.env.LOG_LEVEL ?? 'info')
  const options = { level: level.data ?? 'info', ...given, traceUiUrl }
  // Lines go through a transport's worker, which waits for its reader, or through pino's own stdout.
  const log = 'transport' in given || isStdoutReplaced() ? undefined : stdoutLog()
  const logger = createLogger(options, log)
  if (level.error && given.level === undefined) {
    logger.warn(
      { LOG_LEVEL: process.env.LOG_LEVEL },
      'LOG_LEVEL is no level of pino: info is taken',
    )
  }
  return { logger, ...(log && { log }) }
}

/** Whether it writes lines; what is no pino logger is refused later on. */
function isLogger(given: Logger | PinoOptions): given is Logger {
  return isPino(given) || typeof given.info === 'function'
}
