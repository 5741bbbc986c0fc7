import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { environment, type Line, REGISTERED, ROOT } from './app-process.ts'

// What npm itself prints stands between the lines.
const QUIET = { npm_config_update_notifier: 'false', npm_config_loglevel: 'silent' }
const CTRL_C = '\x03'

const without = spawnSync('script', ['--version']).status !== 0
const skip = without && "needs util-linux's script, for a terminal"

test('SIGTERM to npm ends the server too, in order, and leaves no orphan on the port', async (t) => {
  const { npm, lines, listening, ended } = start(t, 'npm', ['start'])
  const { pid } = await listening
  npm.kill('SIGTERM')
  await ended
  await gone(Number(pid))
  assertOrderly(lines, 'SIGTERM')
})

test('one Ctrl-C in a terminal is one signal, though npm passes it on a second time', {
  skip,
}, async (t) => {
  const { npm, lines, listening, ended } = start(t, 'script', ['-qec', 'npm start', '/dev/null'])
  const { pid } = await listening
  npm.stdin?.write(CTRL_C)
  await ended
  await gone(Number(pid))
  assertOrderly(lines, 'SIGINT')
})

test('one Ctrl-C under node --watch is one signal, though it is passed on a second time', {
  skip,
}, async (t) => {
  const watch = ['node', '--watch', ...REGISTERED, 'src/server.ts'].join(' ')
  const { npm, lines, listening, ended } = start(t, 'script', ['-qec', watch, '/dev/null'])
  const { pid } = await listening
  npm.stdin?.write(CTRL_C)
  await ended
  await gone(Number(pid))
  assertOrderly(lines, 'SIGINT')
})

test('a signal to a process and to its group is one', async (t) => {
  const { lines, listening, ended } = start(t, process.execPath, [...REGISTERED, 'src/server.ts'])
  const pid = Number((await listening).pid)
  process.kill(pid, 'SIGTERM')
  process.kill(-pid, 'SIGTERM')
  await ended
  assertOrderly(lines, 'SIGTERM')
})

function start(t: TestContext, command: string, args: string[]) {
  const env = environment({
    ...QUIET,
    HOME: process.env.HOME ?? '',
    OTEL_TRACES_EXPORTER: 'none',
    SHUTDOWN_DRAIN_MS: '300', // long enough for a second signal to arrive in it
  })
  // A group of its own, so that a signal to it does not reach the test.
  const npm = spawn(command, args, {
    cwd: ROOT,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = once(npm, 'close')
  t.after(() => npm.kill('SIGKILL'))
  const lines: Line[] = []
  const { promise: listening, resolve, reject } = Promise.withResolvers<Line>()
  ended.then(() => reject(new Error('ended before it listened')), reject)
  createInterface(npm.stdout).on('line', (text) => {
    const [json] = /\{.*\}/.exec(text) ?? [] // a terminal shows ^C in front of it
    if (json === undefined) return
    const line = JSON.parse(json)
    lines.push(line)
    if (line.msg === 'listening') resolve(line)
  })
  return { npm, lines, listening, ended }
}

function assertOrderly(lines: Line[], signal: string): void {
  assert.deepEqual(
    lines.slice(2).map((line) => [line.msg, line.signal]),
    [['shutting down', signal]],
  )
}

/** Resolves once there is no such process. */
async function gone(pid: number): Promise<void> {
  try {
    for (;;) {
      process.kill(pid, 0)
      await turn()
    }
  } catch (error) {
    assert.ok(error instanceof Error && 'code' in error && error.code === 'ESRCH', String(error))
  }
}
