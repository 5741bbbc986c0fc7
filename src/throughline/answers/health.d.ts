import type { IncomingMessage } from 'node:http'
import type { Middleware } from '../middleware.ts'
/** Whether this process wants traffic; not ready from the moment its shutdown begins. */
export interface Readiness {
  ready: boolean
}
/** Whether it is a health check: those are neither traced nor logged. */
export declare function isHealthCheck(req: IncomingMessage): boolean
/** Answers `/livez` and `/readyz`, and asks clients to let go of their connections once shutdown begins. */
export declare function health(readiness: Readiness): Middleware
