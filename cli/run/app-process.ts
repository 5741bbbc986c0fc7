import { spawn } from 'node:child_process'
import { EventEmitter, on, once } from 'node:events'
import { createInterface } from 'node:readline'
import { ownFiles } from '../../src/throughline/settings/as-installed.ts'
import { CommandError } from '../command/command-error.ts'
import { type AppLine, parseAppLine } from './app-line.ts'

interface ProcessOptions {
  /** What to call it where it fails. */
  name: string
  env: NodeJS.ProcessEnv
  /** What stands before `--import` and the app. */
  nodeOptions?: readonly string[]
  /** Takes each line that it writes, on stdout and stderr, also the last ones. */
  onLine(text: string): void
  /** Aborts when all is to end. */
  signal: AbortSignal
}

/** The app, as a process of its own; what is waited for rejects where it ends by itself. */
export interface AppProcess {
  /** The first log line from now on that `matches`; rejects where all is to end before. */
  nextLine(matches: (line: AppLine) => boolean): Promise<AppLine>
  /** Resolves when all is to end. */
  untilTold(): Promise<void>
}

/** Starts the app's real command, and ends it once `use` is over. */
export async function withApp<T>(
  { name, env, nodeOptions = [], onLine, signal }: ProcessOptions,
  use: (app: AppProcess) => Promise<T>,
): Promise<T> {
  const { root, register, app } = ownFiles()
  const child = spawn(process.execPath, [...nodeOptions, '--import', register, app], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: the terminal's Ctrl-C goes to us alone, and we ask the app once.
    detached: true,
  })
  const output = new EventEmitter<{ line: [string]; close: [] }>().setMaxListeners(0)
  output.on('line', onLine)
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (text) => output.emit('line', text))
  }
  let over = false
  const ended = once(child, 'close').then(() => {
    over = true
    output.emit('close')
  })
  killWithUs(child.pid, ended)
  const endedByItself = () =>
    new CommandError(`the ${name} has ended by itself; its last lines say why`)
  try {
    return await use({
      async nextLine(matches) {
        const lines = on(output, 'line', { signal, close: ['close'] })
        if (over) output.emit('close')
        for await (const [text] of lines) {
          const line = parseAppLine(String(text))
          if (line !== undefined && matches(line)) return line
        }
        throw endedByItself()
      },
      async untilTold() {
        if (!signal.aborted) await Promise.race([once(signal, 'abort'), ended])
        if (!signal.aborted) throw endedByItself()
      },
    })
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

/** Nothing is left behind, even where we are told to end at once. */
function killWithUs(pid: number | undefined, ended: Promise<unknown>): void {
  const kill = () => {
    try {
      // The group, since a watching node has the app as its child.
      if (pid !== undefined) process.kill(-pid, 'SIGKILL')
    } catch {
      // It has ended just now.
    }
  }
  process.once('exit', kill)
  ended.finally(() => process.off('exit', kill)).catch(() => {})
}
