import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { type Config, readConfig } from '../../src/config.ts'
import { BadEnvironment } from '../../src/throughline/settings/bad-environment.ts'
import { AppEnded, startApp } from '../run/app-process.ts'
import { freePort } from '../run/free-port.ts'
import { Misuse } from '../run/misuse.ts'
import { type RunOptions, runOptions, USAGE } from '../run/run-options.ts'
import { findOrStartHome, type TraceHome } from '../run/trace-home.ts'
import { wantsColor } from '../trace/paint.ts'
import { devEnvironment, tracesGoElsewhere } from './dev-environment.ts'
import { prettyLines } from './pretty-lines.ts'

export interface DevTerminal {
  stdout: Writable & { isTTY?: boolean }
  stderr: Writable
  env: NodeJS.ProcessEnv
  /** Whether stdout makes a link of any text (OSC 8). */
  hyperlinks: boolean
  /** Aborts when all is to end. */
  signal: AbortSignal
}

/**
 * By folder: of an app that cannot start node does not always learn which files it would have imported, and would wait
 * for ever. Preserved, since a cleared screen would take the lines away that led to the change.
 */
const WATCH = ['--watch-path=src', '--watch-path=otel', '--watch-preserve-output']

/**
 * Runs `npm run dev` until it is told to end, and resolves to its exit status once all that it started has ended:
 * 0, or 1 where the environment is bad or the watch fails, or 2 for misuse.
 */
export async function dev(args: string[], terminal: DevTerminal): Promise<0 | 1 | 2> {
  try {
    const options = runOptions(args, 'dev')
    if (options.help) terminal.stdout.write(`${USAGE.dev}\n`)
    else await watch(options, readConfig(terminal.env), terminal)
    return 0
  } catch (error) {
    if (!(error instanceof Error) || !EXPECTED.some((kind) => error instanceof kind)) throw error
    terminal.stderr.write(`dev: ${error.message}\n`)
    return error instanceof Misuse ? 2 : 1
  }
}

const EXPECTED = [Misuse, BadEnvironment, AppEnded]

/** The viewer stays while the app comes and goes, so the traces from before a change are still there after it. */
async function watch(options: RunOptions, config: Config, terminal: DevTerminal): Promise<void> {
  const { env, stdout, signal } = terminal
  const elsewhere = tracesGoElsewhere(env)
  const home = elsewhere === undefined ? await findOrStartHome(options.home) : undefined
  try {
    const port = await freePort(config.port, config.host)
    stdout.write(introduction(home, elsewhere, config.port, port))
    if (!signal.aborted) await watchApp(devEnvironment(env, port, home), terminal)
  } finally {
    await home?.close()
  }
}

async function watchApp(appEnv: NodeJS.ProcessEnv, terminal: DevTerminal): Promise<void> {
  const { env, stdout, hyperlinks, signal } = terminal
  const pretty = prettyLines({ colors: wantsColor(stdout, env), hyperlinks })
  const app = startApp({
    name: 'app',
    nodeOptions: WATCH,
    env: appEnv,
    onLine: (text) => stdout.write(pretty(text)),
  })
  const told = once(signal, 'abort').then(() => 'told')
  const ended = app.ended.then(() => 'ended')
  const first = await Promise.race([told, ended])
  await app.end()
  if (first === 'ended') {
    throw new AppEnded('node --watch has ended by itself; the last lines say why')
  }
}

function introduction(
  home: TraceHome | undefined,
  elsewhere: string | undefined,
  wanted: number,
  port: number,
): string {
  const lines = [
    home ? `traces  ${home.ui}` : `traces  as ${elsewhere} says: no viewer is started`,
    `app     http://localhost:${port}`,
    ...(home?.remarks ?? []),
  ]
  if (wanted !== 0 && wanted !== port) {
    lines.push(`Port ${wanted} is taken: the app listens on ${port} instead.`)
  }
  return `${lines.join('\n')}\nThe app starts anew after each change. Ctrl-C ends it all.\n\n`
}
