import { health, type Readiness } from './answers/health.ts'
import { correlation } from './identity/correlation.ts'
import type { Logger } from './log/lines.ts'
import { requestLog } from './log/request-log.ts'
import type { Middleware } from './middleware.ts'

interface RequestOptions {
  logger: Logger
  readiness: Readiness
  health?: boolean
  requestLog?: boolean
}

/**
 * What stands in front of all routes, as one middleware: the health checks, the correlation id, and the line when a
 * request is over; the first and the last where they are not false.
 */
export function requests({ logger, readiness, ...wanted }: RequestOptions): Middleware {
  const checkHealth = wanted.health === false ? undefined : health(readiness)
  const correlate = correlation(logger)
  const log = wanted.requestLog === false ? undefined : requestLog(logger)

  return function requests(req, res, next) {
    const serve = () => correlate(req, res, log === undefined ? next : () => log(req, res, next))
    if (checkHealth !== undefined) return checkHealth(req, res, serve)
    if (!readiness.ready) res.setHeader('Connection', 'close')
    serve()
  }
}
