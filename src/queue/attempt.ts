import { asError } from '../throughline/answers/thrown.ts'
import { activeSpan } from '../throughline/identity/shared-api.ts'
import { runWithCarrier } from '../throughline/jobs/run-with-carrier.ts'
import { ATTEMPTS, type DeadLetter, type Message, type QueueOptions } from './order-queue.ts'

/**
 * One attempt at a message, the first is 1, under a CONSUMER span of its own and the correlation id of its request.
 * Rejects with what the consumer failed of; after the last attempt the message has gone to `bury`.
 */
export function attempt(
  message: Message,
  number: number,
  { process, logger }: Pick<QueueOptions, 'process' | 'logger'>,
  bury: (letter: DeadLetter) => unknown,
): Promise<void> {
  const { order, carrier } = message
  const { orderId } = order
  return runWithCarrier(carrier, 'process orders', async () => {
    activeSpan()?.setAttributes({
      'messaging.destination.name': 'orders',
      'messaging.message.id': orderId,
      'order.attempt': number,
    })
    try {
      await process(order)
    } catch (thrown) {
      const err = asError(thrown)
      if (number < ATTEMPTS) {
        logger.warn({ orderId, attempt: number, reason: err.message }, 'order failed: trying again')
      } else {
        logger.error({ orderId, attempts: number, err }, 'order failed: now a dead letter')
        await bury({ order, carrier, error: err.message, attempts: number })
      }
      throw err
    }
  })
}
