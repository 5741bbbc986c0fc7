import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { type AppProcess, followProcess } from './follow-process.ts'

/** Where package.json is. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** What `npm start` gives Node, up to the entry point. */
export const REGISTERED = ['--require', './needs-node.cjs', '--import', './otel/register.ts']

export type { Line } from './follow-process.ts'
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
export function spawnApp(t: TestContext, options: AppOptions = {}): AppProcess {
  const { nodeArgs = REGISTERED, entry = 'src/server.ts' } = options
  const child = spawn(process.execPath, [...nodeArgs, entry], {
    cwd: ROOT,
    env: environment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return followProcess(t, child)
}

/** Starts the app and waits until it listens. */
export async function startApp(t: TestContext, options: AppOptions = {}) {
  const app = spawnApp(t, options)
  const { port } = await app.waitForLine(({ msg }) => msg === 'listening')
  return { ...app, url: `http://127.0.0.1:${port}` }
}
