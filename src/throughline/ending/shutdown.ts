import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Readiness } from '../answers/health.ts'
import { asError } from '../answers/thrown.ts'
import { failActiveSpan } from '../identity/active-trace.ts'
import { atServerSpan } from '../identity/own-context.ts'
import { stopJobs } from '../jobs/jobs.ts'
import type { Logger } from '../log/lines.ts'
import type { LogDestination } from '../log/log-destination.ts'
import { SHUTDOWN_RESERVE_MS } from '../settings/settings.ts'
import type { Telemetry } from '../telemetry.ts'
import { closeAtEnd } from './close-at-end.ts'
import { isOverWithin } from './is-over-within.ts'
import { type OpenAnswers, openAnswers } from './open-answers.ts'
import { closeParts, type Part } from './parts.ts'
import { type UpgradedSockets, upgradedSockets } from './upgraded-sockets.ts'

/** What is kept of the time, at the most, from those that come before, in milliseconds. */
const SHARE_MS = { close: 1000, flush: 1000 }

/** How long an upgraded socket may take to send what is written to it, in milliseconds. */
const LAST_WORDS_MS = 500

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

interface Ending extends ShutdownOptions {
  answers: OpenAnswers
  upgraded: UpgradedSockets
}

/**
 * Ends the process in order on SIGTERM, SIGINT or SIGHUP, status 0, and after an uncaught error, status 1: not
 * ready, drain, finish what is in flight and the jobs, close, flush. A second signal exits at once with 1.
 *
 * After an uncaught error nobody knows what state the app is in, so its parts are not asked for anything any more: the
 * exit ends their connections.
 */
export function shutdownInOrder(options: ShutdownOptions): void {
  const { server } = options
  const ending = { ...options, answers: openAnswers(server), upgraded: upgradedSockets(server) }
  closeAtEnd(options, (why) =>
    'thrown' in why ? crash(ending, why.thrown) : end(ending, why.signal),
  )
}

async function end(ending: Ending, signal: NodeJS.Signals): Promise<void> {
  const { logger, close = [], telemetry, log } = ending
  const deadline = performance.now() + ending.timeoutMs - SHUTDOWN_RESERVE_MS
  const left = () => deadline - performance.now()
  logger.info({ signal }, 'shutting down')
  ending.readiness.ready = false
  ending.answers.makeLast()
  await delay(ending.drainMs)
  const kept = SHARE_MS.flush + (close.length > 0 ? SHARE_MS.close : 0)
  await finishRequests(ending, allBut(kept, left()))
  await finishJobs(logger, allBut(kept, left()))
  await closeParts(close, allBut(SHARE_MS.flush, left()), logger)
  await endUpgraded(ending, Math.min(LAST_WORDS_MS, allBut(SHARE_MS.flush, left())))
  await telemetry.shutdown(left())
  await log?.written(left())
}

/** The time without what is kept of it, which is half of it at the most. */
function allBut(keptMs: number, leftMs: number): number {
  return leftMs - Math.min(keptMs, leftMs / 2)
}

async function crash(ending: Ending, thrown: unknown): Promise<void> {
  const deadline = performance.now() + ending.timeoutMs - SHUTDOWN_RESERVE_MS
  ending.readiness.ready = false
  sayCrash(thrown, ending.logger)
  await cutOff(ending)
  await ending.telemetry.shutdown(deadline - performance.now())
  await ending.log?.written(deadline - performance.now())
}

/** Runs where the error was thrown, so the line has the ids of that request, and its server span the exception. */
function sayCrash(thrown: unknown, logger: Logger): void {
  const err = asError(thrown)
  atServerSpan(() => {
    logger.fatal({ err }, 'uncaught error')
    failActiveSpan(err)
  })
}

/** Stops accepting, waits for the requests in flight, and cuts off those that take longer than `budgetMs`. */
async function finishRequests(ending: Ending, budgetMs: number): Promise<void> {
  const { server, logger, answers, upgraded } = ending
  if (!server.listening) return
  server.close()
  const over = upgraded.alone().then(() => answers.over())
  if (await isOverWithin(budgetMs, over)) return
  logger.warn('requests still in flight: cutting them off')
  await cutOff(ending)
}

/** What requests have set off, and what repeats; no part of the app is closed under it. */
async function finishJobs(logger: Logger, budgetMs: number): Promise<void> {
  if (await isOverWithin(budgetMs, stopJobs())) return
  logger.warn('jobs still running: going on without them')
}

/** The app may have closed them by now, with a word of its protocol: what is left has no other end. */
async function endUpgraded({ upgraded }: Ending, budgetMs: number): Promise<void> {
  if (!(await isOverWithin(budgetMs, upgraded.end()))) upgraded.cutOff()
}

/** Ends every connection that speaks HTTP; resolves when the completion lines of their requests are written and their spans ended. */
async function cutOff({ server, answers }: Ending): Promise<void> {
  server.close()
  server.closeAllConnections()
  await answers.over()
}
