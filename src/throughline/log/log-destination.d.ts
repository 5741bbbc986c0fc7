/** How much is kept, and how long is waited, where a log cannot be written. */
export declare const LIMITS: {
  /** Some forty thousand lines, in characters; more are lost. */
  keptLength: number
  /** A reader that is only slow has read something by then; in milliseconds. */
  patienceMs: number
  /** The exit waits for a reader no longer, since nothing is answered meanwhile; in milliseconds. */
  exitMs: number
}
/**
 * Where log lines go: to a descriptor that may be full, or that nobody reads. Nothing waits for it: lines are kept,
 * then lost and counted, until it can be written again. `say` gets a sentence when that begins, one when it is over,
 * and one at the exit about lines that are lost by it.
 *
 * The descriptor has to be one that does not block, as unblocked() makes it.
 */
export declare class LogDestination {
  #private
  constructor(
    fd: number,
    say: (sentence: string) => void,
    limits?: {
      /** Some forty thousand lines, in characters; more are lost. */
      keptLength: number
      /** A reader that is only slow has read something by then; in milliseconds. */
      patienceMs: number
      /** The exit waits for a reader no longer, since nothing is answered meanwhile; in milliseconds. */
      exitMs: number
    },
  )
  write(line: string): void
  /** Writes what goes at once; pino calls it after a fatal line. */
  flushSync(): void
  /** Resolves when every line is written, when none can be, or after `budgetMs`. */
  written(budgetMs: number): Promise<void>
  /** The last of it, for the process's `exit` event: waits a little for a reader, and says what is lost. */
  readonly end: () => void
}
