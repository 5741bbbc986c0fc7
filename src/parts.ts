import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { asError } from './thrown.ts'

/** Something of the app's own that has to be closed before the process ends: a pool, a queue, a socket server. */
export interface Part {
  /** What the lines call it. */
  name: string
  close(): unknown
}

/**
 * Closes the parts one after the other, `budgetMs` for all of them together. One that fails or is late is named in a
 * line, and the next is closed all the same.
 */
export async function closeParts(parts: readonly Part[], budgetMs: number, logger: Logger) {
  const deadline = performance.now() + budgetMs
  for (const part of parts) {
    const over = new AbortController()
    const late = delay(Math.max(0, deadline - performance.now()), 'late', over).catch(() => 'over')
    try {
      const outcome = await Promise.race([Promise.resolve(part.close()).then(() => 'closed'), late])
      if (outcome === 'late') logger.warn({ part: part.name }, 'closing is late: going on without')
    } catch (thrown) {
      logger.error({ part: part.name, err: asError(thrown) }, 'closing failed')
    }
    over.abort()
  }
}
