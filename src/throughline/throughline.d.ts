import type { Server } from 'node:http'
import { type RecordFailure } from './answers/errors.ts'
import type { Readiness } from './answers/health.ts'
import type { Part } from './ending/parts.ts'
import type { Logger } from './log/lines.ts'
import type { ErrorMiddleware, Middleware } from './middleware.ts'
import { type Options, type PinoOptions } from './options.ts'
/** What an Express app is made with. */
export interface Throughline<L extends Logger = Logger> {
  /** Writes lines with both identities of the request that is current. */
  logger: L
  /** In front of all routes: the correlation id, the completion line and the health checks. */
  requests: Middleware
  /** Behind all routes: answers 404 and failures, and tells of failures. */
  errors: (Middleware | ErrorMiddleware)[]
  /** Tells of a failure that never gets to `errors`, since somebody else answers it. */
  recordFailure: RecordFailure
  /** Whether the process wants traffic, for a health check of the app's own. */
  readiness: Readonly<Readiness>
  /**
   * Says where the server listens, and ends the process in order on a signal or an uncaught error: not ready, drain,
   * finish what is in flight, close what the app gives, send the last spans.
   */
  closeInOrder(server: Server, options?: CloseOptions): void
}
export interface CloseOptions {
  /** The app's own parts, in the order in which they are closed once all requests are answered. */
  close?: readonly Part[]
  /** From the signal to the exit, in milliseconds, instead of SHUTDOWN_TIMEOUT_MS. */
  timeoutMs?: number
  /** How long it goes on accepting, not ready, in milliseconds, instead of SHUTDOWN_DRAIN_MS. */
  drainMs?: number
}
/**
 * Joins the two identities for an Express app, and says how telemetry stands. Bad variables end the process with a
 * line that names them; bad options throw a TypeError that does.
 *
 * @example
 * const { logger, requests, errors } = throughline()
 * const app = express().use(requests)
 * app.get('/items', (req, res) => res.json([]))
 * app.use(errors)
 */
export declare function throughline<L extends Logger>(
  options: Options<L> & {
    logger: L
  },
): Throughline<L>
export declare function throughline(
  options?: Options & {
    logger?: PinoOptions
  },
): Throughline
