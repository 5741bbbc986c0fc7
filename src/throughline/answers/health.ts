import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'

/** Whether this process wants traffic; not ready from the moment its shutdown begins. */
export interface Readiness {
  ready: boolean
}

/** Whether it is a health check: those are neither traced nor logged. */
export function isHealthCheck(req: IncomingMessage): boolean {
  if (req.method !== 'GET' && req.method !== 'HEAD') return false
  const path = req.url?.split('?', 1)[0]
  return path === '/livez' || path === '/readyz'
}

/** Answers `/livez` and `/readyz`, and asks clients to let go of their connections once shutdown begins. */
export function health(readiness: Readiness): RequestHandler {
  return function health(req, res, next) {
    if (!readiness.ready) res.setHeader('Connection', 'close')
    if (!isHealthCheck(req)) return next()
    if (readiness.ready || req.path === '/livez') res.json({ status: 'ok' })
    else res.status(503).json({ status: 'shutting down' })
  }
}
