import type { Logger } from './lines.ts'

declare global {
  var throughlineLogger: Logger | undefined
}
/** Takes the app's logger for lines of ours that no caller gives one for. */
export declare function useLogger(logger: Logger): void
/** The app's logger, or one of our own where the app has handed over none. */
export declare function ourLogger(): Logger
