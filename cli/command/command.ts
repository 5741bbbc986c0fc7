import type { Readable, Writable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { BadEnvironment } from '../../src/throughline/settings/bad-environment.ts'
import { integer } from '../../src/throughline/settings/environment.ts'
import { CommandError, Misuse } from './command-error.ts'
import { whenUnread } from './ending.ts'
import { type Paint, paintFor } from './paint.ts'
import { printable } from './printable.ts'

/** What a command has around it. */
export interface Terminal {
  stdin: Readable
  stdout: Writable & { isTTY?: boolean; columns?: number }
  stderr: Writable & { isTTY?: boolean }
  env: NodeJS.ProcessEnv
  /** Colours what is written to stdout, where that is wanted. */
  paint: Paint
  /** Where it was called. */
  folder: string
  now(): number
  /** Resolves after so many milliseconds. */
  pause(milliseconds: number): Promise<unknown>
  /** Aborts when all is to end. */
  signal: AbortSignal
}

/** The terminal of this process, which nobody has to read to the end; `signal` where the command is told when to end. */
export function ownTerminal(signal = new AbortController().signal): Terminal {
  const { stdin, stdout, stderr, env } = process
  whenUnread(stdout)
  const pause = (milliseconds: number) => setTimeout(milliseconds, undefined, { signal })
  const streams = { stdin, stdout, stderr, paint: paintFor(stdout, env) }
  return { ...streams, env, folder: process.cwd(), now: Date.now, pause, signal }
}

type Run = (args: string[], terminal: Terminal) => Promise<number>

/** A command that resolves to its exit status: that of `run`, 0 for --help, 1 for a failure that was foreseen, 2 for misuse. */
export function command(name: string, usage: string, run: Run): Run {
  return async (args, terminal) => {
    const { help } = parseArgs({ args, options: HELP, strict: false }).values
    if (help !== undefined) {
      terminal.stdout.write(`${usage}\n`)
      return 0
    }
    try {
      return await run(args, terminal)
    } catch (error) {
      if (!(error instanceof CommandError) && !(error instanceof BadEnvironment)) throw error
      const misused = error instanceof Misuse
      // What a backend says is no more to be trusted than its spans.
      terminal.stderr.write(`${name}: ${misused ? error.message : printable(error.message)}\n`)
      return misused ? 2 : 1
    }
  }
}

const HELP = { help: { type: 'boolean', short: 'h' } } as const

/** Reads a command line; throws Misuse, with the usage, where it makes no sense. */
export function parseCommandLine<const T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    if (error instanceof TypeError) throw new Misuse(`${error.message}\n\n${usage}`)
    throw error
  }
}

/** The number that an option names; throws Misuse where it is none from `min` to `max`. */
export function wholeNumber(option: string, value: string, min: number, max: number): number {
  const result = integer(min, max).safeParse(value)
  if (result.success) return result.data
  throw new Misuse(`${option}=${value}: expected a whole number from ${min} to ${max}`)
}
