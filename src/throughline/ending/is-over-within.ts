import { setTimeout as delay } from 'node:timers/promises'

/** Whether `work` is over within `ms`; it goes on where it is not. */
export async function isOverWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const patience = new AbortController()
  const late = delay(Math.max(ms, 0), false, patience)
  try {
    return await Promise.race([work.then(() => true), late])
  } finally {
    patience.abort()
  }
}
