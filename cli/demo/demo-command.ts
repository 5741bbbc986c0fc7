import { readConfig } from '../../src/config.ts'
import { ownFiles } from '../../src/throughline/settings/as-installed.ts'
import { BadEnvironment } from '../../src/throughline/settings/bad-environment.ts'
import type { Terminal } from '../pivot/pivot-command.ts'
import { AppEnded } from '../run/app-process.ts'
import { Misuse } from '../run/misuse.ts'
import { runOptions, USAGE } from '../run/run-options.ts'
import { BackendError } from '../trace/backend.ts'
import { printable } from '../trace/printable.ts'
import { show } from './demo-show.ts'
import { NoExpress, needExpress } from './express-here.ts'

export interface DemoTerminal extends Terminal {
  /** Aborts when the demo is to end. */
  signal: AbortSignal
}

/**
 * Runs `npm run demo` and resolves to its exit status once all that it started has ended: 0, or 1 where an app, or
 * with `--once` the way from a line to its trace, failed, or 2 for misuse.
 */
export async function demo(args: string[], terminal: DemoTerminal): Promise<0 | 1 | 2> {
  const { stdout, stderr, env, signal } = terminal
  try {
    const options = runOptions(args, 'demo')
    if (options.help) {
      stdout.write(`${USAGE.demo}\n`)
      return 0
    }
    needExpress(ownFiles().root)
    return await show(options, readConfig(env).port, terminal)
  } catch (error) {
    if (signal.aborted) return args.includes('--once') ? 1 : 0
    const known = EXPECTED.some((kind) => error instanceof kind)
    if (!known || !(error instanceof Error)) throw error
    stderr.write(
      `demo: ${error instanceof BackendError ? printable(error.message) : error.message}\n`,
    )
    return error instanceof Misuse ? 2 : 1
  }
}

const EXPECTED = [Misuse, BadEnvironment, BackendError, AppEnded, NoExpress]
