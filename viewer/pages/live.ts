import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import Router from 'router'
import { queryOf } from '../http/query.ts'
import type { Store } from '../store/store.ts'

/** How often a page hears of new spans at most, in milliseconds. */
const interval = 250
/** Pages that listen at once; a browser allows itself six. */
const maxListeners = 100

export interface LiveUpdates {
  router: Router.Router
  /** Ends the streams, which would keep a server from closing. */
  end(): void
}

/**
 * Server-sent events at /live: one without content whenever traces have changed since the last. With `?trace=` it comes
 * once that trace is here.
 */
export function liveUpdates(store: Store): LiveUpdates {
  const listeners = new Map<ServerResponse, string | undefined>()
  const stopped = new AbortController()
  let announced = false

  store.on('change', async () => {
    if (announced) return
    announced = true
    await delay(interval, undefined, { ref: false, signal: stopped.signal }).catch(() => undefined)
    announced = false
    if (stopped.signal.aborted) return
    for (const [response, traceId] of listeners) tell(response, traceId)
  })
  const tell = (response: ServerResponse, traceId: string | undefined) => {
    const isAwaited = traceId === undefined || store.hasTrace(traceId)
    // A reader that lags behind misses nothing: the next event says the same.
    if (isAwaited && !response.writableNeedDrain) response.write('data:\n\n')
  }

  const router = Router()
  router.get('/live', (request, response) => {
    if (listeners.size >= maxListeners || stopped.signal.aborted) {
      response.statusCode = 503
      response.setHeader('Retry-After', '10').end()
      return
    }
    response.setHeader('Content-Type', 'text/event-stream; charset=utf-8')
    response.setHeader('Cache-Control', 'no-store')
    response.write('retry: 1000\n\n')
    const { trace } = queryOf(request)
    const traceId = typeof trace === 'string' ? trace : undefined
    listeners.set(response, traceId)
    response.once('close', () => listeners.delete(response))
    // It may have come since the page that asks was made.
    if (traceId !== undefined) tell(response, traceId)
  })
  const end = () => {
    stopped.abort()
    for (const response of listeners.keys()) response.end()
  }
  return { router, end }
}
