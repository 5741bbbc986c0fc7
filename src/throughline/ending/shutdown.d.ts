import type { Server } from 'node:http'
import type { Readiness } from '../answers/health.ts'
import type { Logger } from '../log/lines.ts'
import type { LogDestination } from '../log/log-destination.ts'
import type { Telemetry } from '../telemetry.ts'
import { type Part } from './parts.ts'
export interface ShutdownOptions {
  server: Server
  readiness: Readiness
  logger: Logger
  /** Where the lines go, if they may have to wait for a reader: it gets the last of them. */
  log?: LogDestination
  telemetry: Telemetry
  /** From the signal to the exit, in milliseconds. */
  timeoutMs: number
  /** How long it goes on accepting, not ready, in milliseconds. */
  drainMs: number
  /**
   * The app's own parts, such as `{ name: 'orders queue', close: () => queue.close() }`, in the order in which they are
   * closed when all requests are answered; not after a crash.
   */
  close?: readonly Part[]
}
/**
 * Ends the process in order on SIGTERM, SIGINT or SIGHUP, status 0, and after an uncaught error, status 1: not
 * ready, drain, finish what is in flight and the jobs, close, flush. A second signal exits at once with 1.
 *
 * After an uncaught error nobody knows what state the app is in, so its parts are not asked for anything any more: the
 * exit ends their connections.
 */
export declare function shutdownInOrder(options: ShutdownOptions): void
