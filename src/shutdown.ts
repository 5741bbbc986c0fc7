import { once } from 'node:events'
import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'
import { failActiveSpan } from './active-trace.ts'
import { SHUTDOWN_RESERVE_MS } from './config.ts'
import type { Readiness } from './health.ts'
import type { LogDestination } from './log-destination.ts'
import { type OpenAnswers, openAnswers } from './open-answers.ts'
import { atServerSpan } from './own-context.ts'
import { closeParts, type Part } from './parts.ts'
import { onSignals } from './signals.ts'
import type { Telemetry } from './telemetry.ts'
import { asError } from './thrown.ts'
import { type UpgradedSockets, upgradedSockets } from './upgraded-sockets.ts'

/** Telemetry's share of the time, at the most, that requests in flight cannot use up, in milliseconds. */
const FLUSH_SHARE_MS = 1000

export interface ShutdownOptions {
  server: Server
  readiness: Readiness
  logger: Logger
  /** Where the lines go, if their reader may be slow: the last of them are waited for. */
  log?: LogDestination
  telemetry: Telemetry
  /** The app's own, closed in this order when no request is in flight any more. */
  close?: readonly Part[]
  /** From the signal to the exit, in milliseconds. */
  timeoutMs: number
  /** How long it goes on accepting, not ready, in milliseconds. */
  drainMs: number
}

/**
 * Ends the process in order on SIGTERM, SIGINT or SIGHUP, status 0, and after an uncaught error, status 1: not
 * ready, drain, finish what is in flight, flush. A second signal exits at once with 1.
 */
export function shutdownInOrder(options: ShutdownOptions): void {
  const { logger, timeoutMs, readiness } = options
  const answers = openAnswers(options.server)
  const upgraded = upgradedSockets(options.server)
  let received = 'none'
  const exitAtOnce = (signal: string) => {
    logger.error({ signal }, 'second signal: exiting at once')
    process.exit(1)
  }
  const grace = closeWithGrace(
    {
      delay: timeoutMs,
      skip: SIGNALS,
      onSecondError: (err) => logger.fatal({ err }, 'another uncaught error: exiting at once'),
      onTimeout: () => logger.error({ timeoutMs }, 'shutdown took too long: exiting at once'),
    },
    (why) =>
      'err' in why ? crash(options, answers, why.err) : end(options, answers, upgraded, received),
  )
  onSignals((signal) => {
    // A crash has begun to end it.
    if (!readiness.ready) return exitAtOnce(signal)
    received = signal
    grace.close()
  }, exitAtOnce)
}

/** Those that ask it to end have a handler of their own; the others end the process as Node has it. */
const SIGNALS = [
  'beforeExit',
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGSEGV',
  'SIGUSR2',
] satisfies closeWithGrace.AllEvents[]

async function end(
  options: ShutdownOptions,
  answers: OpenAnswers,
  upgraded: UpgradedSockets,
  signal: string,
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs - SHUTDOWN_RESERVE_MS
  options.logger.info({ signal }, 'shutting down')
  options.readiness.ready = false
  answers.makeLast()
  await delay(options.drainMs)
  upgraded.end()
  await finishRequests(options, answers, deadline)
  await closeParts(options.close ?? [], shareOf(deadline), options.logger)
  await options.telemetry.shutdown(deadline - Date.now())
  await options.log?.written(deadline - Date.now())
}

async function crash(
  options: ShutdownOptions,
  answers: OpenAnswers,
  thrown: unknown,
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs - SHUTDOWN_RESERVE_MS
  options.readiness.ready = false
  sayCrash(thrown, options.logger)
  await cutOff(options.server, answers)
  await options.telemetry.shutdown(deadline - Date.now())
  await options.log?.written(deadline - Date.now())
  // Here, since undefined is thrown too, and nothing thrown would mean that all went well.
  process.exit(1)
}

/** Runs where the error was thrown, so the line has the ids of that request, and its server span the exception. */
function sayCrash(thrown: unknown, logger: Logger): void {
  const err = asError(thrown)
  atServerSpan(() => {
    logger.fatal({ err }, 'uncaught error')
    failActiveSpan(err)
  })
}

/** Stops accepting, waits for the requests in flight, and cuts off those that would use up the time to flush. */
async function finishRequests(
  { server, logger }: ShutdownOptions,
  answers: OpenAnswers,
  deadline: number,
): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  const patience = new AbortController()
  const timeout = delay(shareOf(deadline), 'late', patience)
  const late = (await Promise.race([closed, timeout])) === 'late'
  patience.abort()
  if (!late) return
  logger.warn('requests still in flight: cutting them off')
  await cutOff(server, answers)
}

/** What is left until `deadline`, less what telemetry needs to flush, in milliseconds. */
function shareOf(deadline: number): number {
  const left = deadline - Date.now()
  return left - Math.min(FLUSH_SHARE_MS, left / 2)
}

/** Ends every connection; resolves when the completion lines of their requests are written and their spans ended. */
async function cutOff(server: Server, answers: OpenAnswers): Promise<void> {
  const over = answers.over()
  server.close()
  server.closeAllConnections()
  await over
}
