import { setImmediate as turn } from 'node:timers/promises'
import type { Express } from 'express'
import { callDownstream } from '../../src/downstream.ts'
import type { Logger } from '../../src/throughline/log/lines.ts'

/** The routes that every variant serves, as handlers on the app. */
export const ROUTES = ['/echo', '/lines', '/proxy'] as const

/** Adds the work that is measured: an answer at once, two lines around an await and two that LOG_LEVEL leaves out, and one outbound call. */
export function addRoutes(app: Express, logger: Logger, downstreamUrl: string): void {
  app.get('/echo', (req, res) => {
    res.json({ received: req.headers['x-correlation-id'] ?? null })
  })
  app.get('/lines', async (_req, res) => {
    logger.info('handling /lines')
    logger.debug({ step: 1, path: '/lines' }, 'looked up what there is')
    await turn()
    logger.debug({ step: 2, path: '/lines' }, 'found all of it')
    logger.info('done with async work')
    res.json({ ok: true })
  })
  app.get('/proxy', async (_req, res) => {
    res.json({ downstream: await callDownstream(downstreamUrl) })
  })
}
