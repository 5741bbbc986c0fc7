import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { z } from 'zod'

/** Where package.json is. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** What `npm start` gives Node, up to the entry point. */
export const REGISTERED = ['--require', './needs-node.cjs', '--import', './otel/register.ts']

export type Line = Record<string, unknown>
export type Env = Record<string, string>

export interface AppOptions {
  env?: Env
  /** What stands before the entry point. */
  nodeArgs?: string[]
  /** The entry point, seen from package.json. */
  entry?: string
}

/** The environment of an app under test: none of the caller's own, nothing out of a `.env` file, no drain period. */
export function environment(env: Env = {}): Env {
  const file = `${ROOT}.env`
  const local = existsSync(file) ? Object.keys(parseEnv(readFileSync(file, 'utf8'))) : []
  return {
    ...Object.fromEntries(local.map((name) => [name, ''])),
    PATH: process.env.PATH ?? '',
    HOST: '127.0.0.1',
    PORT: '0',
    SHUTDOWN_DRAIN_MS: '0',
    ...env,
  }
}

/** Starts the app's real command in a process of its own; the end of the test ends it. */
export function spawnApp(t: TestContext, options: AppOptions = {}) {
  const { nodeArgs = REGISTERED, entry = 'src/server.ts' } = options
  const child = spawn(process.execPath, [...nodeArgs, entry], {
    cwd: ROOT,
    env: environment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: Line[] = []
  const news = new EventEmitter().setMaxListeners(0)
  let stderr = ''
  let broken: Error | undefined

  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  createInterface(child.stdout).on('line', (text) => {
    try {
      lines.push(parseLine(text))
    } catch (cause) {
      broken ??= new Error(`not a log line: ${text}`, { cause })
    }
    news.emit('news')
  })
  const closed = once(child, 'close')
  closed.then(
    () => news.emit('news'),
    () => {},
  )
  t.after(async () => {
    child.kill('SIGKILL')
    await closed
  })

  /** Resolves at the process's end, with all that it wrote. */
  async function end() {
    const [code] = z.tuple([z.number().nullable(), z.unknown()]).parse(await closed)
    if (broken) throw broken
    return { code, lines, stderr }
  }

  return {
    pid: child.pid,
    lines,
    end,
    /** The first line that `matches`, as soon as it is there; rejects where the process ends without it. */
    async waitForLine(matches: (line: Line) => boolean): Promise<Line> {
      for (;;) {
        const line = lines.find(matches)
        if (line) return line
        if (broken) throw broken
        if (child.exitCode !== null || child.signalCode !== null) {
          await closed
          const last = lines.find(matches)
          if (last) return last
          throw new Error(`ended with ${child.exitCode ?? child.signalCode} before\n${stderr}`)
        }
        await once(news, 'news')
      }
    },
    signal(signal: NodeJS.Signals): void {
      child.kill(signal)
    },
    /** Asks it to end, and resolves when it has. */
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      child.kill(signal)
      return end()
    },
  }
}

/** Starts the app and waits until it listens. */
export async function startApp(t: TestContext, options: AppOptions = {}) {
  const app = spawnApp(t, options)
  const { port } = await app.waitForLine(({ msg }) => msg === 'listening')
  return { ...app, url: `http://127.0.0.1:${port}` }
}

/** A key that stood in the text twice would come back once. */
function parseLine(text: string): Line {
  const line = z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  if (JSON.stringify(line) !== text) throw new Error('a key stands twice')
  return line
}
