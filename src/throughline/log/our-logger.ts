import type { Logger } from './lines.ts'
import { createLogger } from './logger.ts'
import { stdoutLog } from './stdout-log.ts'

declare global {
  // On globalThis like the store: a second copy of this module writes to the same log.
  var throughlineLogger: Logger | undefined
}

/** Takes the app's logger for lines of ours that no caller gives one for. */
export function useLogger(logger: Logger): void {
  globalThis.throughlineLogger = logger
}

/** The app's logger, or one of our own where the app has handed over none. */
export function ourLogger(): Logger {
  globalThis.throughlineLogger ??= createLogger({}, stdoutLog())
  return globalThis.throughlineLogger
}
