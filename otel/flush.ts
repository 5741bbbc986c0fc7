import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { ClientRequest, IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Export } from './sdk.ts'

/** What the last flush may still take once it is known that nobody is there to take it, in milliseconds. */
const FAILING_MS = 1000

/**
 * Sends what is left of one signal, ends it, and has it say what was lost. Never rejects, and takes `budgetMs` at the
 * most, or a second from when its export is known to fail.
 */
export async function flush(exported: Export, budgetMs: number): Promise<void> {
  const over = new AbortController()
  let reason: string | undefined
  exported.health.beginEnd()
  const sent = exported.shutdown().catch((error: unknown) => exported.health.fail(0, String(error)))
  const failing = firstFailure(exported, over.signal).then((seen) => {
    reason = seen
    return delay(FAILING_MS, undefined, over).catch(ignoreAbort)
  })
  const tooLate = delay(Math.max(budgetMs, 0), undefined, over).catch(ignoreAbort)
  await Promise.race([sent, failing, tooLate])
  over.abort()
  exported.health.end(reason)
}

/**
 * Resolves, with the reason where it is new, once the export is known to fail: it did before, or an attempt does now.
 * The exporter goes on trying for ten seconds before it says so.
 */
async function firstFailure(
  { health, destination }: Export,
  over: AbortSignal,
): Promise<string | undefined> {
  if (health.failing) return
  const { host } = new URL(destination.url)
  const { promise, resolve } = Promise.withResolvers<string>()
  const onAttempt = (message: unknown) => {
    const attempt = Attempt.safeParse(message).data
    const failure = attempt?.request.getHeader('host') === host && failureOf(attempt)
    if (failure) resolve(failure)
  }
  for (const name of ATTEMPT_ENDS) {
    subscribe(name, onAttempt)
    over.addEventListener('abort', () => unsubscribe(name, onAttempt), { once: true })
  }
  return promise
}

/** Node's channels of a call that got no answer, and of one that did. */
const ATTEMPT_ENDS = ['http.client.request.error', 'http.client.response.finish']

const Attempt = z.object({
  request: z.instanceof(ClientRequest),
  response: z.instanceof(IncomingMessage).optional(),
  error: z.instanceof(Error).optional(),
})

function failureOf({ response, error }: z.infer<typeof Attempt>): string | undefined {
  if (error !== undefined) return error.message
  const status = response?.statusCode ?? 0
  return status >= 400 ? `the collector answered ${status}` : undefined
}

/** An aborted timer is a timer that nobody waits for any more. */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}
