import { asError } from '../answers/thrown.ts'
import type { Logger } from '../log/lines.ts'
import { isOverWithin } from './is-over-within.ts'

/** A part of the app that has an end of its own: a pool, a queue, a socket server. */
export type Part = {
  /** How a line names it. */
  name: string
} & (
  | { close(): unknown }
  // A name of its own, since `close` of many a library takes an argument that means something else.
  | {
      /** Gets the time that it can count on, in milliseconds, to say what is left before it is left behind itself. */
      closeWithin(ms: number): unknown
    }
)

/**
 * Closes the parts one after the other within `budgetMs`. One that fails is named in a line, and so is one that takes
 * more than its share of the time, which then goes on beside the next.
 */
export async function closeParts(
  parts: readonly Part[],
  budgetMs: number,
  logger: Logger,
): Promise<void> {
  const deadline = performance.now() + budgetMs
  for (const [index, part] of parts.entries()) {
    const share = (deadline - performance.now()) / (parts.length - index)
    if (await isOverWithin(share, closePart(part, share * 0.9, logger))) continue
    logger.warn({ part: part.name }, 'still closing: going on without it')
  }
}

async function closePart(part: Part, withinMs: number, logger: Logger): Promise<void> {
  try {
    await ('closeWithin' in part ? part.closeWithin(withinMs) : part.close())
  } catch (thrown) {
    logger.error({ part: part.name, err: asError(thrown) }, 'could not be closed')
  }
}
