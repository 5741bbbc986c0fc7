import { setTimeout as delay } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import { getCorrelationId } from '../throughline/identity/context.ts'
import type { Logger } from '../throughline/log/lines.ts'

/** How long the pretended work takes, in milliseconds. */
const WORK_MS = 20

/** Two lines around an await, to see that both carry the ids. */
export function work(logger: Logger): RequestHandler {
  return async function work(_req, res) {
    logger.info('handling /work')
    await delay(WORK_MS)
    logger.info('done with async work')
    res.json({ ok: true, correlationId: getCorrelationId() })
  }
}
