import type { IncomingMessage } from 'node:http'
import type { Middleware } from '../middleware.ts'

/** Whether this process wants traffic; not ready from the moment its shutdown begins. */
export interface Readiness {
  ready: boolean
}

/** Whether it is a health check: those are neither traced nor logged. */
export function isHealthCheck(req: IncomingMessage): boolean {
  if (req.method !== 'GET' && req.method !== 'HEAD') return false
  const path = pathOf(req)
  return path === '/livez' || path === '/readyz'
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? ''
}

/** Answers `/livez` and `/readyz`, and asks clients to let go of their connections once shutdown begins. */
export function health(readiness: Readiness): Middleware {
  return function health(req, res, next) {
    if (!readiness.ready) res.setHeader('Connection', 'close')
    if (!isHealthCheck(req)) return next()
    const isOk = readiness.ready || pathOf(req) === '/livez'
    res.statusCode = isOk ? 200 : 503
    res.setHeader('Content-Type', 'application/json; charset=utf-8')
    res.end(JSON.stringify({ status: isOk ? 'ok' : 'shutting down' }))
  }
}
