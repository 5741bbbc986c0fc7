import Router from 'router'
import { resourceLogs } from '../files/save.ts'
import { sendJson } from '../http/answers.ts'
import { queryOf } from '../http/query.ts'
import type { Store } from '../store/store.ts'
import { QueryError, traceIdOf } from './query-error.ts'

/** As many trace ids as one question may name, and as many traces as are answered for each. */
const MOST = { asked: 100, each: 100 }

/**
 * What Jaeger's query API has not:
 * - `GET /api/logs?traceId=`: `{"result":{"resourceLogs":[…]}}`, the log records of a trace as OTLP JSON, empty where
 *   there are none;
 * - `GET /api/links?traceId=&traceId=…`: `{"traceIds":[…]}`, the traces with links to one of these, the first hundred
 *   of each.
 */
export function createOwnApi(store: Store): Router.Router {
  const router = Router()
  router.get('/api/logs', (request, response) => {
    const records = store.logsOf(traceIdOf(String(queryOf(request).traceId)))
    sendJson(response, { result: { resourceLogs: resourceLogs(records) } })
  })
  router.get('/api/links', (request, response) => {
    const asked = [queryOf(request).traceId ?? ''].flat().map(traceIdOf)
    if (asked.length > MOST.asked)
      throw new QueryError(400, `${asked.length} times traceId: ${MOST.asked} at most`)
    const linking = asked.flatMap((traceId) => store.links.tracesTo(traceId, MOST.each))
    sendJson(response, { traceIds: [...new Set(linking)] })
  })
  return router
}
