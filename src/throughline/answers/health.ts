import type { IncomingMessage } from 'node:http'
import type { Middleware } from '../middleware.ts'

/** Whether this process wants traffic; not ready from the moment its shutdown begins. */
export interface Readiness {
  ready: boolean
}

const PATH = /^\/(livez|readyz)(\?|$)/

/** Whether it is a health check: those are neither traced nor logged. */
export function isHealthCheck(req: IncomingMessage): boolean {
  return (req.method === 'GET' || req.method === 'HEAD') && PATH.test(req.url ?? '')
}

/** Answers `/livez` and `/readyz`, and asks clients to let go of their connections once shutdown begins. */
export function health(readiness: Readiness): Middleware {
  return function health(req, res, next) {
    if (!readiness.ready) res.setHeader('Connection', 'close')
    if (!isHealthCheck(req)) return next()
    const isOk = readiness.ready || PATH.exec(req.url ?? '')?.[1] === 'livez'
    res.statusCode = isOk ? 200 : 503
    res.setHeader('Content-Type', 'application/json; charset=utf-8')
    res.end(JSON.stringify({ status: isOk ? 'ok' : 'shutting down' }))
  }
}
