import { setTimeout as delay } from 'node:timers/promises'
import { Router } from 'express'
import { getCorrelationId } from '../throughline/identity/context.ts'
import type { Logger } from '../throughline/log/lines.ts'

/** How long the pretended work takes, in milliseconds. */
const WORK_MS = 20

/** `GET /work`: two lines around an await, to see that both carry the ids. */
export function work(logger: Logger): Router {
  return Router().get('/work', async (_req, res) => {
    logger.info('handling /work')
    await delay(WORK_MS)
    logger.info('done with async work')
    res.json({ ok: true, correlationId: getCorrelationId() })
  })
}
