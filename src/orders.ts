import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Logger } from './throughline/log/lines.ts'

/** An order as it stands on the queue. */
export const Order = z.object({ orderId: z.string(), item: z.string(), quantity: z.number() })
export type Order = z.infer<typeof Order>

/** An order for this item fails each time, to see what becomes of one that does. */
export const POISON = 'poison'

/** How long the pretended work takes, in milliseconds. */
const WORK_MS = 20

/** What the consumer does with an order: two lines around an await, to see that both carry the ids of its request. */
export function processOrder(logger: Logger): (order: Order) => Promise<void> {
  return async function processOrder({ orderId, item }) {
    logger.info({ orderId }, 'processing order')
    await delay(WORK_MS)
    if (item === POISON) throw new Error('this item cannot be delivered')
    logger.info({ orderId }, 'order processed')
  }
}
