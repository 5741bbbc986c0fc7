import { AsyncResource } from 'node:async_hooks'
import { isOverWithin } from '../throughline/ending/is-over-within.ts'
import { CORRELATION_HEADER } from '../throughline/identity/correlation.ts'
import { type Carrier, toCarrier } from '../throughline/jobs/carrier.ts'
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

interface Held extends Message {
  carrier: Carrier
  /** How often it has been tried. */
  attempts: number
}

/** A queue in the memory of this process: what stands on it when the process is killed is lost. */
export function inProcessQueue(options: QueueOptions): OrderQueue {
  const { limit, deadLimit, pauseMs, logger } = { ...DEFAULTS, ...options }
  /** All that was accepted and is not over, and of that what may begin. */
  const held = new Set<Held>()
  const waiting: Held[] = []
  const deadLetters: DeadLetter[] = []
  const over = Promise.withResolvers<void>()
  let running = 0
  let state: 'open' | 'closing' | 'closed' = 'open'

  // Bound, or it would run, and its timers too, in the context of whichever request has added last.
  const pump = AsyncResource.bind(() => {
    while (running < CONCURRENCY && state !== 'closed') {
      const next = waiting.shift()
      if (next === undefined) return
      running += 1
      tryOnce(next).finally(() => {
        running -= 1
        pump()
      })
    }
  })

  async function tryOnce(message: Held): Promise<void> {
    message.attempts += 1
    try {
      await attempt(message, message.attempts, options, bury)
    } catch {
      if (message.attempts < ATTEMPTS) return later(message)
    }
    held.delete(message)
    if (state === 'closing' && held.size === 0) over.resolve()
  }

  function later(message: Held): void {
    const pause = setTimeout(begin, pauseMs * 2 ** (message.attempts - 1), message)
    // A server keeps the process alive; a message of one that is not closed must not.
    pause.unref()
  }

  function begin(message: Held): void {
    waiting.push(message)
    pump()
  }

  function bury(letter: DeadLetter): void {
    deadLetters.push(letter)
    if (deadLetters.length > deadLimit) deadLetters.shift()
  }

  return {
    async add(order) {
      if (state !== 'open') throw new NotAccepted('the queue is closed')
      if (held.size - running >= limit) throw new NotAccepted(`the queue is full: ${limit} orders`)
      const message = { order, carrier: toCarrier(), attempts: 0 }
      held.add(message)
      begin(message)
    },
    deadLetters: async () => [...deadLetters],
    async close(withinMs) {
      state = 'closing'
      if (held.size === 0 || (await isOverWithin(withinMs, over.promise))) return
      state = 'closed'
      // Of the carrier the id alone: its baggage is the sender's own affair.
      const orders = [...held].map(({ order, carrier }) => ({
        orderId: order.orderId,
        correlationId: carrier[CORRELATION_HEADER],
      }))
      logger.error({ left: held.size, orders }, 'orders are lost: no time was left for them')
    },
  }
}
