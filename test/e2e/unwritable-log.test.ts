import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
} from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { type Env, environment, REGISTERED, ROOT } from './app-process.ts'

/** A path that makes a line of 10 kB: a pipe is full after a few of them, what is kept after a thousand. */
const LONG = `/${'x'.repeat(10_000)}`
const HELD_REQUEST = 'test/e2e/fixtures/held-request.ts'
/** What it writes besides a line for each request. */
const OTHER_LINES = ['telemetry on', 'listening', 'shutting down'].length
const ENTRY = 'src/server.ts'
const ARGS = [...REGISTERED, ENTRY]
const TELL_PORT = './test/e2e/fixtures/tell-port.ts'
const without = spawnSync('script', ['--version']).status !== 0
const skip = without && "needs util-linux's script, for a terminal"
const CTRL_S = '\x13'
const CTRL_Q = '\x11'

test('a full disk stops neither the answers nor the end, and is said once', async (t) => {
  const app = await start(t, { stdout: openFor(t, '/dev/full') })
  for (let i = 0; i < 20; i++) await app.answer('/echo')
  assert.match(await app.sentence(0), /^The log cannot be written: ENOSPC/)
  assert.equal(await app.end('SIGTERM'), 0)
  assert.deepEqual(app.sentences.slice(1), [
    `The log could not be written to its end; lines lost: ${20 + OTHER_LINES}.`,
  ])
})

test('a full disk holds up neither a crash nor a second signal', async (t) => {
  const crashing = await start(t, { stdout: openFor(t, '/dev/full'), entry: HELD_REQUEST })
  await assert.rejects(crashing.answer('/crash/uncaught'))
  assert.equal(await crashing.end(), 1)

  const env = { SHUTDOWN_DRAIN_MS: '3600000', SHUTDOWN_TIMEOUT_MS: '3600500' }
  const draining = await start(t, { stdout: openFor(t, '/dev/full'), env })
  draining.signal('SIGTERM')
  while ((await draining.answer('/readyz')) !== 503);
  assert.equal(await draining.end('SIGINT'), 1)
})

test('a reader that stops, stops nothing; when it goes on it gets what was kept, and the rest is counted', async (t) => {
  const { reader, writer } = pipe(t)
  const app = await start(t, { stdout: writer })
  closeSync(writer)
  let requests = 0
  for (; app.sentences.length === 0; requests++) assert.equal(await app.answer(LONG), 404)
  assert.match(await app.sentence(0), /^The log cannot be written: /)

  const stdout = new Socket({ fd: reader, writable: false })
  const lines: unknown[] = []
  createInterface(stdout).on('line', (line) => lines.push(JSON.parse(line)))
  const [, lost] =
    /^The log is written again; lines lost: (\d+)\.$/.exec(await app.sentence(1)) ?? []
  assert.equal(await app.end('SIGTERM'), 0)
  if (!stdout.closed) await once(stdout, 'close')
  assert.equal(lines.length, requests + OTHER_LINES - Number(lost))
})

test('a reader that has stopped does not hold up the end, nor does one of stderr too', async (t) => {
  const { writer } = pipe(t)
  const app = await start(t, { stdout: writer, stderr: writer })
  for (let i = 0; i < 20; i++) await app.answer(LONG)
  assert.equal(await app.end('SIGTERM'), 0)
})

test('readers of stdout and stderr that have gone stop neither the answers nor the end', async (t) => {
  const { reader, writer } = pipe(t)
  const app = await start(t, { stdout: writer, stderr: writer })
  closeSync(reader)
  for (let i = 0; i < 20; i++) assert.equal(await app.answer('/echo'), 200)
  assert.equal(await app.end('SIGTERM'), 0)
})

test('a file at the limit of its size is written again when it is shorter', async (t) => {
  const file = join(folder(t), 'log')
  const app = await start(t, { command: ['sh', '-c', `ulimit -f 16; exec "$0" "$@" >>${file}`] })
  while (app.sentences.length === 0) assert.equal(await app.answer('/echo'), 200)
  assert.match(await app.sentence(0), /^The log cannot be written: EFBIG/)
  truncateSync(file)
  assert.equal(await app.sentence(1), 'The log is written again; lines lost: 0.')
  assert.equal(await app.end('SIGTERM'), 0)
  assert.match(readFileSync(file, 'utf8'), /"shutting down"}\n$/)
})

test('a terminal that is held with Ctrl-S does not hold the app', { skip }, async (t) => {
  const app = spawn('script', ['-qec', [process.execPath, ...ARGS].join(' '), '/dev/null'], {
    cwd: ROOT,
    env: environment({ OTEL_TRACES_EXPORTER: 'none' }),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  t.after(() => app.kill('SIGKILL'))
  const lines = createInterface(app.stdout)[Symbol.asyncIterator]()
  const line = async () => JSON.parse((await lines.next()).value ?? 'null')
  let listening = await line()
  while (listening.msg !== 'listening') listening = await line()

  app.stdin.write(CTRL_S)
  for (let i = 0; i < 5; i++) await answer(listening.port, '/echo')
  app.stdin.write(CTRL_Q)
  for (let i = 0; i < 5; i++) assert.equal((await line()).msg, 'request completed')
  process.kill(listening.pid, 'SIGTERM')
  assert.deepEqual(await once(app, 'exit'), [0, null])
})

interface Options {
  stdout?: number
  stderr?: number
  entry?: string
  env?: Env
  /** What starts Node, where that is not the test. */
  command?: string[]
}

/** The app with a log that the test need not be able to read. */
async function start(t: TestContext, options: Options) {
  const { stdout = 'ignore', stderr = 'pipe', entry = ENTRY, command = [] } = options
  const [file = '', ...args] = [
    ...command,
    process.execPath,
    '--import',
    TELL_PORT,
    ...REGISTERED,
    entry,
  ]
  const child = spawn(file, args, {
    cwd: ROOT,
    env: environment({ OTEL_TRACES_EXPORTER: 'none', ...options.env }),
    stdio: ['ignore', stdout, stderr, 'ipc'],
  })
  t.after(() => child.kill('SIGKILL'))
  const exit = once(child, 'close')
  const sentences: string[] = []
  const news = new EventEmitter()
  if (child.stderr !== null) {
    createInterface(child.stderr).on('line', (sentence) => {
      sentences.push(sentence)
      news.emit('sentence')
    })
  }
  const [address] = await once(child, 'message')
  const { port } = z.object({ port: z.number() }).parse(address)
  return {
    sentences,
    answer: (path: string) => answer(port, path),
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    /** The sentence on stderr that has `index`, when it is there. */
    async sentence(index: number): Promise<string> {
      for (;;) {
        const sentence = sentences[index]
        if (sentence !== undefined) return sentence
        await once(news, 'sentence')
      }
    },
    /** The exit status. */
    async end(signal?: NodeJS.Signals): Promise<unknown> {
      if (signal !== undefined) child.kill(signal)
      const [code] = await exit
      return code
    },
  }
}

/** The status of the answer. */
async function answer(port: number, path: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`)
  await response.arrayBuffer()
  return response.status
}

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'log-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

function openFor(t: TestContext, path: string): number {
  const fd = openSync(path, 'w')
  t.after(() => closeSync(fd))
  return fd
}

/** Both ends of a real pipe: what Node gives a child as one is a socket. */
function pipe(t: TestContext) {
  const path = join(folder(t), 'pipe')
  execFileSync('mkfifo', [path])
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  return { reader, writer: openSync(path, 'w') }
}
