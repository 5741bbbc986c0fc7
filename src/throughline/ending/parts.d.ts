import type { Logger } from '../log/lines.ts'
/** A part of the app that has an end of its own: a pool, a queue, a socket server. */
export interface Part {
  /** How a line names it. */
  name: string
  close(): unknown
}
/**
 * Closes the parts one after the other within `budgetMs`. One that fails is named in a line, and so is one that takes
 * more than its share of the time, which then goes on beside the next.
 */
export declare function closeParts(
  parts: readonly Part[],
  budgetMs: number,
  logger: Logger,
): Promise<void>
