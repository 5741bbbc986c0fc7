import { inProcessQueue } from './in-process-queue.ts'
import type { OrderQueue, QueueOptions } from './order-queue.ts'

/** The queue on the Redis at `redisUrl`, or in this process where there is none. */
export async function openOrderQueue({
  redisUrl,
  ...options
}: QueueOptions & { redisUrl: string | undefined }): Promise<OrderQueue> {
  if (redisUrl === undefined) return inProcessQueue(options)
  // Only here: BullMQ takes longer to load than all of the app.
  const { redisQueue } = await import('./redis-queue.ts')
  return redisQueue(redisUrl, options)
}
