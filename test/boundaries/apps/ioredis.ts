// Counts in a Redis, by each way of asking, and tells of them over a channel.
import express from 'express'
import { Redis } from 'ioredis'
import { runWithCarrier, throughline, toCarrier } from '../../../src/index.ts'
import { together } from './together.ts'

const { logger, requests, errors, closeInOrder } = throughline()
const url = process.env.REDIS_URL ?? ''
const redis = new Redis(url)
const batching = new Redis(url, { enableAutoPipelining: true })
const lazy = new Redis(url, { lazyConnect: true })
const subscriber = new Redis(url)
await Promise.all([redis.ping(), batching.ping(), subscriber.subscribe('counts')])

subscriber.on('message', (_channel, text) => {
  logger.info('heard')
  const { count, carrier } = JSON.parse(text)
  runWithCarrier(carrier, 'count heard', () => logger.info({ count }, 'understood'))
})

const app = express().use(requests, together(3))

for (const [name, client] of Object.entries({ awaited: redis, batched: batching, lazy })) {
  app.get(`/${name}`, async (_req, res) => {
    const count = await client.incr('counter')
    logger.info('counted')
    res.json(count)
  })
}

app.get('/called-back', (_req, res, next) => {
  redis.incr('counter', (error, count) => {
    if (error) return next(error)
    logger.info('counted')
    res.json(count)
  })
})

app.get('/pipelined', async (_req, res) => {
  const counts = await redis.pipeline().incr('counter').get('counter').exec()
  logger.info('counted')
  res.json(counts)
})

app.get('/published', async (_req, res) => {
  await redis.publish('counts', JSON.stringify({ count: 7, carrier: toCarrier() }))
  logger.info('counted')
  res.json({})
})

app.use(errors)
const close = () => {
  for (const client of [redis, batching, lazy, subscriber]) client.disconnect()
}
closeInOrder(app.listen(Number(process.env.PORT), '127.0.0.1'), {
  close: [{ name: 'redis', close }],
})
