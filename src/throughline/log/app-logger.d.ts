import type { PinoOptions } from '../options.ts'
import type { Logger } from './lines.ts'
import type { LogDestination } from './log-destination.ts'
/** The app's logger, and where its lines go if they may have to wait for a reader. */
export interface AppLogger {
  logger: Logger
  log?: LogDestination
}
/**
 * The app's own logger, or one with these options of pino's, with both identities on its lines. Throws a TypeError
 * where it lacks a level that lines of ours are written at.
 */
export declare function appLogger(given?: Logger | PinoOptions, traceUiUrl?: string): AppLogger
