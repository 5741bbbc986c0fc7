// News, as server-sent events to all who listen.
import { AsyncResource } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import express from 'express'
import { throughline } from '../../../src/index.ts'

const { logger, requests, errors, closeInOrder } = throughline()
const news = new EventEmitter()
const app = express().use(requests)

app.get('/news', (_req, res) => {
  res.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
  const tell = AsyncResource.bind((item: string) => {
    logger.info({ item }, 'told')
    res.write(`data: ${item}\n\n`)
  })
  const end = () => res.end()
  news.on('item', tell).on('end', end)
  res.on('close', () => news.off('item', tell).off('end', end))
})
// The shutdown waits for answers, and these have no end of their own.
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => news.emit('end'))

app.get('/unbound', (_req, res) => {
  res.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
  const tell = (item: string) => {
    logger.info({ item }, 'told, unbound')
    res.write(`data: ${item}\n\n`)
  }
  news.on('item', tell)
  res.on('close', () => {
    news.off('item', tell)
    logger.info('left')
  })
})

app.post('/news/:item', (req, res) => {
  news.emit('item', req.params.item)
  res.json({})
})

app.use(errors)
closeInOrder(app.listen(Number(process.env.PORT), '127.0.0.1'))
