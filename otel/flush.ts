import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { ClientRequest } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
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
  const onError = (message: unknown) => {
    if (isRequestMessage(message) && message.request.getHeader('host') === host) resolve()
  }
  subscribe(CLIENT_ERROR, onError)
  over.addEventListener('abort', () => unsubscribe(CLIENT_ERROR, onError), { once: true })
  await promise
}

const CLIENT_ERROR = 'http.client.request.error'

function isRequestMessage(message: unknown): message is { request: ClientRequest } {
  if (typeof message !== 'object' || message === null || !('request' in message)) return false
  return message.request instanceof ClientRequest
}

/** An aborted timer is a timer that nobody waits for any more. */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}
