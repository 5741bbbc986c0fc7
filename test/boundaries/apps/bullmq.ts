// Mails over a queue of BullMQ, whose worker is opened by whoever sends the first.
import { Queue, Worker } from 'bullmq'
import express from 'express'
import {
  type Carrier,
  getCorrelationId,
  runWithCarrier,
  throughline,
  toCarrier,
} from '../../../src/index.ts'

const { logger, requests, errors, closeInOrder } = throughline()
const { hostname: host, port } = new URL(process.env.REDIS_URL ?? '')
const options = { connection: { host, port: Number(port) } }

interface Mail {
  to: string
  carrier: Carrier
}

async function send(to: string, attempt: number): Promise<void> {
  logger.info({ to, attempt }, 'sending')
  if (to === 'busy' && attempt === 1) throw new Error('busy')
}

const mails = new Queue<Mail>('mails', options)

const openWorker = () =>
  new Worker<Mail>(
    'mails',
    ({ data: { to, carrier }, attemptsMade }) => {
      logger.info({ to, of: getCorrelationId() ?? null }, 'taken')
      return runWithCarrier(carrier, 'send mail', () => send(to, attemptsMade + 1))
    },
    options,
  )
let worker: Worker<Mail> | undefined

const app = express().use(requests)
app.post('/mails/:to', async (req, res) => {
  worker ??= openWorker()
  await mails.add('mail', { to: req.params.to, carrier: toCarrier() }, { attempts: 2 })
  res.sendStatus(202)
})
app.use(errors)
closeInOrder(app.listen(Number(process.env.PORT), '127.0.0.1'), {
  close: [
    { name: 'worker', close: () => worker?.close() },
    { name: 'mails', close: () => mails.close() },
  ],
})
