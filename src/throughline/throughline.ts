import type { Server } from 'node:http'
import {
  errorHandler,
  failureLog,
  failureRecorder,
  notFound,
  type RecordFailure,
} from './answers/errors.ts'
import type { Readiness } from './answers/health.ts'
import type { Part } from './ending/parts.ts'
import { shutdownInOrder } from './ending/shutdown.ts'
import { type AppLogger, appLogger } from './log/app-logger.ts'
import type { Logger } from './log/lines.ts'
import { useLogger } from './log/our-logger.ts'
import type { ErrorMiddleware, Middleware } from './middleware.ts'
import { checkOptions, type Options, type PinoOptions } from './options.ts'
import { propagateCorrelation } from './outbound/outbound.ts'
import { requests } from './requests.ts'
import { announce } from './server/listen.ts'
import { readOrExit } from './settings/environment.ts'
import { readSettings, type Settings } from './settings/settings.ts'
import { installedTelemetry } from './telemetry.ts'

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
export function throughline<L extends Logger>(options: Options<L> & { logger: L }): Throughline<L>
export function throughline(options?: Options & { logger?: PinoOptions }): Throughline
export function throughline(given: Options = {}): Throughline {
  const options = checkOptions(given)
  const settings = readOrExit(() => readSettings(process.env))
  const own = appLogger(options.logger, options.traceUiUrl ?? settings.traceUiUrl)
  const { logger } = own
  useLogger(logger)
  installedTelemetry().start(logger)
  propagateCorrelation(settings.propagateTo)
  const readiness = { ready: true }
  return {
    logger,
    requests: requests({ ...options, logger, readiness }),
    errors:
      options.errorAnswers === false ? [failureLog(logger)] : [notFound, errorHandler(logger)],
    recordFailure: failureRecorder(logger),
    readiness,
    closeInOrder: (server, closing) => end(server, readiness, own, { ...settings, ...closing }),
  }
}

function end(
  server: Server,
  readiness: Readiness,
  own: AppLogger,
  options: CloseOptions & Settings,
): void {
  shutdownInOrder({ ...options, ...own, server, readiness, telemetry: installedTelemetry() })
  announce(server, own.logger)
}
