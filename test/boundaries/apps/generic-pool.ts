// Desks, one at a time. One that is thrown out is made anew, for whoever waits for the next.
import { AsyncResource } from 'node:async_hooks'
import express from 'express'
import { createPool } from 'generic-pool'
import { throughline } from '../../../src/index.ts'
import { together } from './together.ts'

const { logger, requests, errors, closeInOrder } = throughline()

function deskPool(bind: <T extends () => Promise<unknown>>(make: T) => T) {
  const create = bind(async () => {
    logger.info('desk made')
    return {}
  })
  return createPool({ create, async destroy() {} }, { max: 1 })
}
const pools = { unbound: deskPool((make) => make), bound: deskPool(AsyncResource.bind) }

const app = express().use(requests)
for (const [name, pool] of Object.entries(pools)) {
  app.get(`/${name}`, together(3), async (_req, res) => {
    const desk = await pool.acquire()
    logger.info('written')
    await pool.destroy(desk)
    res.json({})
  })
}
app.use(errors)
closeInOrder(app.listen(Number(process.env.PORT), '127.0.0.1'))
