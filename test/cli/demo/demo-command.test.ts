import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { demo } from '../../../cli/demo/demo.ts'
import { holdPort } from '../../jaeger/held-port.ts'
import { isRunning } from '../command-process.ts'
import { fakeBackend, listen } from '../fake-backend.ts'
import { fakeTerminal } from '../fake-terminal.ts'

const FREE = ['--ui-port', '0', '--otlp-port', '0']

test('--once ends with 1 and a reason where the trace never arrives', async (t) => {
  const ports = await forgetfulBackend(t)
  const { status, stdout, stderr } = await run(['--once', ...ports])
  assert.equal(status, 1)
  assert.match(stdout, /it is used/)
  assert.match(stderr, /No trace \w{32} at .*not sampled/s)
  assert.match(stderr, /has not arrived whole: no spans of throughline and throughline-downstream/)
})

test('without --once it stays, and Ctrl-C in the middle ends it with 0', async () => {
  const { status, stdout } = await run(FREE, { endAt: 'abc-123' })
  assert.equal(status, 0)
  assert.doesNotMatch(stdout, /boom-777/)
  const pids = Array.from(stdout.matchAll(/"pid":(\d+)/g), ([, pid]) => Number(pid))
  assert.deepEqual(pids.filter(isRunning), [])
})

test('with --once, Ctrl-C in the middle is no success', async () => {
  const { status } = await run(['--once', ...FREE], { endAt: 'abc-123' })
  assert.equal(status, 1)
})

test('a command line that makes no sense is misuse, and says what would make sense', async () => {
  for (const args of [['--twice'], ['now'], ['--ui-port', 'x'], ['--otlp-port', '65536']]) {
    const { status, stdout, stderr } = await run(args)
    assert.equal(status, 2)
    assert.equal(stdout, '')
    assert.match(stderr, /^demo: .*(--once|expected a whole number from 0 to 65535)/s)
  }
})

test('a bad PORT is named before anything starts', async () => {
  const { status, stdout, stderr } = await run(FREE, { env: { PORT: 'abc' } })
  assert.equal(status, 1)
  assert.equal(stdout, '')
  assert.equal(stderr, 'demo: PORT="abc": expected a whole number from 0 to 65535\n')
})

test('a port for gRPC that is asked for and taken ends it, with the reason', async (t) => {
  const { address, release } = await holdPort()
  t.after(release)
  const [, port = ''] = address.split(':')
  const { status, stderr } = await run(['--once', ...FREE, '--grpc-port', port])
  assert.equal(status, 1)
  assert.match(
    stderr,
    /^demo: cannot listen on 127\.0\.0\.1:\d+: the port is in use; .*--grpc-port.*\n$/,
  )
})

test('--help says how it is used', async () => {
  const { status, stdout } = await run(['--help'])
  assert.equal(status, 0)
  assert.match(stdout, /^Usage: npm run demo/)
})

interface RunOptions {
  env?: NodeJS.ProcessEnv
  /** Ends the demo as soon as it writes this. */
  endAt?: string
}

/** Runs the demo in this process; the two apps are real. */
async function run(args: string[], { env = {}, endAt }: RunOptions = {}) {
  const controller = new AbortController()
  const { signal } = controller
  const terminal = fakeTerminal({ env: { PATH: process.env.PATH, PORT: '0', ...env }, signal })
  const { stdout, stderr } = terminal
  stdout.on('written', () => {
    if (endAt !== undefined && stdout.text.includes(endAt)) controller.abort()
  })
  const status = await demo(args, terminal)
  return { status, stdout: stdout.text, stderr: stderr.text }
}

/** A backend that takes all traces and has none of them. */
async function forgetfulBackend(t: TestContext): Promise<string[]> {
  const ui = await fakeBackend(t, { '/api/v3/services': { services: [] } })
  const otlp = await listen(t, (request, response) => {
    request.resume().on('end', () => response.end('{"partialSuccess":{}}'))
  })
  return ['--ui-port', new URL(ui).port, '--otlp-port', new URL(otlp).port]
}
