import closeWithGrace from 'close-with-grace'
import type { Logger } from '../log/lines.ts'
import { onSignals } from './signals.ts'

/** What ends a process: a signal, or what was thrown and not caught, which may be anything. */
export type Why = { signal: NodeJS.Signals } | { thrown: unknown }

/**
 * Runs `close` once, when the process is to end, and then exits: with 0 after a signal, with 1 after an uncaught error.
 * A second reason, or more than `timeoutMs`, makes it exit at once with 1 and a line.
 */
export function closeAtEnd(
  { logger, timeoutMs }: { logger: Logger; timeoutMs: number },
  close: (why: Why) => Promise<void>,
): void {
  let closing = false
  let signal: NodeJS.Signals = 'SIGTERM'
  const grace = closeWithGrace(
    {
      delay: timeoutMs,
      skip: NOT_ITS,
      onSecondError: (err) => logger.fatal({ err }, 'another uncaught error: exiting at once'),
      onTimeout: () => logger.error({ timeoutMs }, 'shutdown took too long: exiting at once'),
    },
    async (why) => {
      closing = true
      if (!('err' in why)) return close({ signal })
      await close({ thrown: why.err })
      // Here, since undefined is thrown too, and nothing thrown would mean that all went well.
      process.exit(1)
    },
  )
  const exitAtOnce = (signal: NodeJS.Signals) => {
    logger.error({ signal }, 'second signal: exiting at once')
    process.exit(1)
  }
  onSignals((first) => {
    if (closing) exitAtOnce(first)
    signal = first
    grace.close()
  }, exitAtOnce)
}

/** What is left to close-with-grace are errors: signals have a way of their own, or end the process as Node has it. */
const NOT_ITS = [
  'beforeExit',
  'SIGHUP',
  'SIGINT',
  'SIGTERM',
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGSEGV',
  'SIGUSR2',
] satisfies closeWithGrace.AllEvents[]
