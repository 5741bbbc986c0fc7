import { setTimeout as delay } from 'node:timers/promises'
import type { Export } from '../sdk.ts'
import type { ExportHealth } from './export-health.ts'

/** What the last flush may still take once it is known that nobody is there to take it, in milliseconds. */
const FAILING_MS = 1000

/**
 * Sends what is left of one signal, ends it, and has it say what was lost. Never rejects, and takes `budgetMs` at the
 * most, or a second from when its export is known to fail.
 */
export async function flush(exported: Export, budgetMs: number): Promise<void> {
  const { health } = exported
  health.beginEnd()
  await inTime(exported.shutdown(), health, budgetMs)
  health.end()
}

/**
 * Waits for `sending`: for `budgetMs` at the most, or a second from when the export is known to fail. Says whether it
 * was over in time, and never rejects.
 */
export async function inTime(
  sending: Promise<void>,
  health: ExportHealth,
  budgetMs: number,
): Promise<boolean> {
  const over = new AbortController()
  const wait = (ms: number) => delay(ms, false, over).catch(ignoreAbort)
  const sent = sending.catch((error: unknown) => health.fail(0, String(error))).then(() => true)
  const failing = health.knownToFail().then(() => !over.signal.aborted && wait(FAILING_MS))
  const done = await Promise.race([sent, failing, wait(Math.max(budgetMs, 0))])
  over.abort()
  return done
}

/** An aborted timer is a timer that nobody waits for any more. */
function ignoreAbort(error: unknown): false {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
  return false
}
