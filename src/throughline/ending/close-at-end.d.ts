import type { Logger } from '../log/lines.ts'
/** What ends a process: a signal, or what was thrown and not caught, which may be anything. */
export type Why =
  | {
      signal: NodeJS.Signals
    }
  | {
      thrown: unknown
    }
/**
 * Runs `close` once, when the process is to end, and then exits: with 0 after a signal, with 1 after an uncaught error.
 * A second reason, or more than `timeoutMs`, makes it exit at once with 1 and a line.
 */
export declare function closeAtEnd(
  {
    logger,
    timeoutMs,
  }: {
    logger: Logger
    timeoutMs: number
  },
  close: (why: Why) => Promise<void>,
): void
