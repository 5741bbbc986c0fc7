import { once } from 'node:events'
import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'
import { failActiveSpan } from './active-trace.ts'
import { SHUTDOWN_RESERVE_MS } from './config.ts'
import type { Readiness } from './health.ts'
import { onInterrupt } from './interrupt.ts'
import type { LogDestination } from './log-destination.ts'
import { type OpenAnswers, openAnswers } from './open-answers.ts'
import { atServerSpan } from './own-context.ts'
import type { Telemetry } from './telemetry.ts'
import { asError } from './thrown.ts'

/** Telemetry's share of the time, at the most, that requests in flight cannot use up, in milliseconds. */
const FLUSH_SHARE_MS = 1000

export interface ShutdownOptions {
  server: Server
  readiness: Readiness
  logger: Logger
  /** Where the lines go, if their reader may be slow: the last of them are waited for. */
  log?: LogDestination
  telemetry: Telemetry
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
  const exitAtOnce = (signal: string) => {
    logger.error({ signal }, 'second signal: exiting at once')
    process.exit(1)
  }
  const grace = closeWithGrace(
    {
      delay: timeoutMs,
      skip: NOT_OURS,
      onSecondSignal: exitAtOnce,
      onSecondError: (err) => logger.fatal({ err }, 'another uncaught error: exiting at once'),
      onTimeout: () => logger.error({ timeoutMs }, 'shutdown took too long: exiting at once'),
    },
    (why) =>
      'err' in why
        ? crash(options, answers, why.err)
        : end(options, answers, why.signal ?? 'SIGINT'),
  )
  onInterrupt(
    () => (readiness.ready ? grace.close() : exitAtOnce('SIGINT')),
    () => exitAtOnce('SIGINT'),
  )
}

/** SIGINT has a handler of its own; the others end the process as Node has it. */
const NOT_OURS = [
  'beforeExit',
  'SIGINT',
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGSEGV',
  'SIGUSR2',
] satisfies closeWithGrace.AllEvents[]

async function end(options: ShutdownOptions, answers: OpenAnswers, signal: string): Promise<void> {
  const deadline = Date.now() + options.timeoutMs - SHUTDOWN_RESERVE_MS
  options.logger.info({ signal }, 'shutting down')
  options.readiness.ready = false
  answers.makeLast()
  await delay(options.drainMs)
  await finishRequests(options, answers, deadline)
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
  const left = deadline - Date.now()
  const patience = new AbortController()
  const timeout = delay(left - Math.min(FLUSH_SHARE_MS, left / 2), 'late', patience)
  const late = (await Promise.race([closed, timeout])) === 'late'
  patience.abort()
  if (!late) return
  logger.warn('requests still in flight: cutting them off')
  await cutOff(server, answers)
}

/** Ends every connection; resolves when the completion lines of their requests are written and their spans ended. */
async function cutOff(server: Server, answers: OpenAnswers): Promise<void> {
  const over = answers.over()
  server.close()
  server.closeAllConnections()
  await over
}
