// A chat over WebSockets: each message is work of its own, under the id of its upgrade.
import express from 'express'
import { WebSocketServer } from 'ws'
import { getCorrelationId, runWithCarrier, throughline, toCarrier } from '../../../src/index.ts'

const { logger, requests, errors, closeInOrder } = throughline()
const app = express().use(requests, errors)
const server = app.listen(Number(process.env.PORT), '127.0.0.1')
const chat = new WebSocketServer({ noServer: true })

server.on('upgrade', (req, socket, head) => {
  const open = () =>
    chat.handleUpgrade(req, socket, head, (client) => chat.emit('connection', client))
  runWithCarrier(req.headers, 'chat opened', open, { parent: true })
})
chat.on('headers', (headers) => headers.push(`x-correlation-id: ${getCorrelationId()}`))

chat.on('connection', (client) => {
  logger.info('joined')
  const carrier = toCarrier()
  client.on('message', (text) => {
    runWithCarrier(carrier, 'chat message', () => {
      logger.info('said')
      client.send(text)
    })
  })
})

chat.on('connection', (client) => {
  client.on('ping', () => logger.info('pinged'))
})

const leave = () => {
  for (const client of chat.clients) client.close(1001)
}
closeInOrder(server, { close: [{ name: 'chat', close: leave }] })
