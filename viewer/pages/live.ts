import type { ServerResponse } from 'node:http'
import Router from 'router'
import { queryOf } from '../http/query.ts'
import type { Store } from '../store/store.ts'

/** How often a page hears of new spans at most, in milliseconds. */
const interval = 250
/** Pages that listen at once; a browser allows itself six. */
const maxListeners = 100

/**
 * Server-sent events at /live: one without content whenever traces have changed since the last. With `?trace=` it comes
 * once that trace is here. `end` ends the streams, which would keep a server from closing.
 */
export function liveUpdates(store: Store) {
  const listeners = new Map<ServerResponse, string | undefined>()
  let ended = false
  let later: NodeJS.Timeout | undefined

  const tellAll = () => {
    later = undefined
    for (const [response, traceId] of listeners) tell(response, traceId)
  }
  store.on('change', () => {
    if (!ended) later ??= setTimeout(tellAll, interval).unref()
  })
  const tell = (response: ServerResponse, traceId: string | undefined) => {
    const isAwaited = traceId === undefined || store.hasTrace(traceId)
    // A reader that lags behind misses nothing: the next event says the same.
    if (isAwaited && !response.writableNeedDrain) response.write('data:\n\n')
  }

  const router = Router()
  router.get('/live', (request, response) => {
    if (listeners.size >= maxListeners || ended) {
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
    ended = true
    clearTimeout(later)
    for (const response of listeners.keys()) response.end()
  }
  return { router, end }
}
