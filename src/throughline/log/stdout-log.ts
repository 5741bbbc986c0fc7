import { constants, openSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { LogDestination } from './log-destination.ts'

let only: LogDestination | undefined

/** The log on stdout, one for the process; stderr says where it cannot be written. */
export function stdoutLog(): LogDestination {
  only ??= openStdout()
  return only
}

/** Whether somebody takes what is written to stdout, as pm2 does in cluster mode: its descriptor would pass by them. */
export function isStdoutReplaced({ stdout } = process): boolean {
  return stdout.write !== Object.getPrototypeOf(stdout).write
}

function openStdout(): LogDestination {
  // In a worker thread neither stream has a descriptor; those of the process are its, too.
  const stderr = unblocked(process.stderr.fd ?? 2)
  const say = (sentence: string) => {
    try {
      writeSync(stderr, `${sentence}\n`)
    } catch {
      // Nobody is left to be told.
    }
  }
  const log = new LogDestination(unblocked(process.stdout.fd ?? 1), say)
  process.on('exit', log.end)
  // A write beyond the limit of a file's size fails then, where the signal would end the process.
  process.on('SIGXFSZ', () => {})
  return log
}

/**
 * A descriptor for what `fd` is, on which a write fails with EAGAIN where it would have to wait: for a pipe and a socket
 * Node sees to that as it makes the stream, a terminal (held by Ctrl-S) is shared with others and so opened once more.
 */
function unblocked(fd: number): number {
  if (!isatty(fd)) return fd
  try {
    return openSync(`/dev/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    return fd // another user's terminal: only there a Ctrl-S holds the process too
  }
}
