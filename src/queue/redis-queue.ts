import { once } from 'node:events'
import { type Job, Queue, UnrecoverableError, Worker } from 'bullmq'
import { z } from 'zod'
import { Order } from '../orders.ts'
import { asError } from '../throughline/answers/thrown.ts'
import { isOverWithin } from '../throughline/ending/is-over-within.ts'
import { toCarrier } from '../throughline/jobs/carrier.ts'
import { attempt } from './attempt.ts'
import {
  ATTEMPTS,
  CONCURRENCY,
  DEFAULTS,
  type DeadLetter,
  type Message,
  NotAccepted,
  type OrderQueue,
  type QueueOptions,
} from './order-queue.ts'
import { connectRedis } from './redis-connections.ts'

/** How many failed jobs BullMQ keeps itself, beside their dead letters. */
const KEPT_FAILED = 1000

/** How long the worker waits before it tries again what Redis has refused it, in milliseconds. */
const RETRY_MS = 1000

/** What others can write to as well: who reads it believes nothing of it. */
const Sent = z.object({ order: Order, carrier: z.unknown() })

/** A queue on Redis, by BullMQ, that outlives this process and may have consumers in many. */
export async function redisQueue(url: string, options: QueueOptions): Promise<OrderQueue> {
  const { limit, deadLimit, pauseMs, logger } = { ...DEFAULTS, ...options }
  const { sender, receiver, disconnect } = await connectRedis(url, logger)
  const queue = new Queue<Message>('orders', { connection: sender, skipVersionCheck: true })
  const dead = new Queue<DeadLetter>('orders-dead', { connection: receiver })
  const running = new Set<Promise<void>>()
  let closing = false

  async function bury(letter: DeadLetter): Promise<void> {
    // By this id a message that is tried again, since Redis went away just now, is buried once.
    await dead.add('order', letter, { jobId: letter.order.orderId })
    const excess = (await dead.getWaitingCount()) - deadLimit
    if (excess > 0) await dead.clean(0, excess, 'wait')
  }

  async function work({ data, attemptsMade }: Job<unknown>): Promise<void> {
    const sent = Sent.safeParse(data)
    if (!sent.success) throw new UnrecoverableError('what stood on the queue is no order')
    const attempted = attempt(sent.data, attemptsMade + 1, options, bury)
    running.add(attempted)
    await attempted.finally(() => running.delete(attempted))
  }

  const worker = new Worker<unknown>('orders', work, {
    connection: receiver,
    concurrency: CONCURRENCY,
    runRetryDelay: RETRY_MS,
  })
  worker.on('failed', (job, error) => {
    // No attempt of ours: it is no order, or its consumers have died in the middle of it too often.
    if (job === undefined || !(error instanceof UnrecoverableError)) return
    const process = () => Promise.reject(error)
    attempt(messageOf(job), ATTEMPTS, { process, logger }, bury).catch(() => {})
  })

  const told = new Set<string>()
  function tell(err: Error): void {
    const [code = ''] = err.message.split(' ', 1)
    if (closing || isOfConnection(err) || told.has(code)) return
    told.add(code)
    // Not the error: it has the command, and so the order, on it.
    logger.error({ reason: err.message }, 'orders queue refused by Redis')
  }
  queue.on('error', tell)
  dead.on('error', tell)
  worker.on('error', tell)
  worker.on('active', () => told.clear())

  return {
    async add(order) {
      const message = { order, carrier: toCarrier() }
      if (closing) throw new NotAccepted('the queue is closed')
      if (sender.status !== 'ready') throw new NotAccepted('Redis is away')
      try {
        const count = await queue.count()
        if (count >= limit) throw new NotAccepted(`the queue is full: ${count} orders`)
        await queue.add('order', message, {
          jobId: order.orderId,
          attempts: ATTEMPTS,
          backoff: { type: 'exponential', delay: pauseMs },
          removeOnComplete: true,
          removeOnFail: KEPT_FAILED,
        })
      } catch (thrown) {
        if (thrown instanceof NotAccepted) throw thrown
        const { message: reason } = asError(thrown)
        // What hangs is left: a new connection says when Redis answers again.
        if (reason === 'Command timed out') sender.disconnect(true)
        // Not as the cause: it has the command, and so the order, on it.
        throw new NotAccepted(`Redis has not taken the order: ${reason}`)
      }
    },
    async deadLetters() {
      const jobs = await dead.getWaiting()
      return jobs.map(({ data }) => data)
    },
    async close(withinMs) {
      closing = true
      if (!(await isOverWithin(withinMs, endWorker())))
        logger.warn(
          { left: running.size },
          'orders still running: another consumer tries them again',
        )
      disconnect()
    },
  }

  /** Orders that wait stay on Redis, and so does one that runs longer than there is time. */
  async function endWorker(): Promise<void> {
    if (receiver.status === 'ready') {
      // BullMQ would wait for Redis to come back.
      const away = once(receiver, 'close').catch(() => {})
      await Promise.race([worker.close(), away])
    }
    await Promise.allSettled(running)
    if (receiver.status !== 'ready') worker.close(true).catch(() => {})
  }
}

/** What is no order has the id of its job, to be found by. */
function messageOf({ id = '', data }: Job<unknown>): Message {
  const sent = Sent.safeParse(data)
  if (sent.success) return sent.data
  return { order: { orderId: `job-${id}`, item: '', quantity: 0 }, carrier: undefined }
}

/** The connections tell of their outages themselves. */
function isOfConnection(error: Error): boolean {
  return 'syscall' in error || error.message.startsWith('Connection is closed')
}
