import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

/** What a test runner or an npm script has put there, and what would change how an app runs. */
const NOT_PASSED_ON =
  /^(NODE_OPTIONS$|NODE_TEST_|npm_package_|npm_lifecycle_|OTEL_|LOG_LEVEL|PORT$)/

/** A command that never ends would hold up the run for ever; in milliseconds. */
const ENDED_AFTER_MS = 300_000

/** The environment that an app's owner has in a shell in `folder`: its own tools, those beside it, and this Node. */
export function shellEnvironment(folder: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.test(name))
  const path = [
    join(folder, 'node_modules/.bin'),
    join(folder, '../tools/node_modules/.bin'),
    dirname(process.execPath),
    ...(process.env.PATH ?? '').split(':').filter((each) => !each.includes('node_modules')),
  ]
  return {
    ...z.record(z.string(), z.string()).parse(Object.fromEntries(kept)),
    PATH: path.join(':'),
  }
}

/** Runs a command as typed into a shell in `folder`; gives what it wrote to stdout, rejects with all where it fails. */
export async function runIn(folder: string, command: string): Promise<string> {
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: folder,
    env: shellEnvironment(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: ENDED_AFTER_MS,
  })
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  if (code !== 0)
    throw new Error(`${command}: ${signal ?? `exit status ${code}`}\n${stdout}${stderr}`)
  return stdout
}
