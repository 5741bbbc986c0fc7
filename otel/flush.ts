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
  exported.health.beginEnd()
  const sent = exported.shutdown().catch((error: unknown) => exported.health.lose(0, String(error)))
  await Promise.race([
    sent,
    delay(Math.max(budgetMs, 0), undefined, over).catch(ignoreAbort),
    failing(exported, over.signal).then(() =>
      delay(FAILING_MS, undefined, over).catch(ignoreAbort),
    ),
  ])
  over.abort()
  exported.health.end()
}

/**
 * Resolves once the export is known to fail: it did before, or an attempt does now. The exporter goes on trying for
 * ten seconds before it says so.
 */
async function failing({ health, destination }: Export, over: AbortSignal): Promise<void> {
  if (health.failing) return
  const { host } = new URL(destination.url)
  const { promise, resolve } = Promise.withResolvers<void>()
  const onAttempt = (message: unknown) => {
    const attempt = Attempt.safeParse(message).data
    if (attempt?.request.getHeader('host') === host && hasFailed(attempt)) resolve()
  }
  for (const name of ATTEMPT_ENDS) {
    subscribe(name, onAttempt)
    over.addEventListener('abort', () => unsubscribe(name, onAttempt), { once: true })
  }
  await promise
}

/** Node's channels of a call that got no answer, and of one that did. */
const ATTEMPT_ENDS = ['http.client.request.error', 'http.client.response.finish']

const Attempt = z.object({
  request: z.instanceof(ClientRequest),
  response: z.instanceof(IncomingMessage).optional(),
})

function hasFailed({ response }: z.infer<typeof Attempt>): boolean {
  return response?.statusCode === undefined || response.statusCode >= 400
}

/** An aborted timer is a timer that nobody waits for any more. */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}
