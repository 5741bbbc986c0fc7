import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { startViewer } from '../../../viewer/viewer.ts'
import { startJaeger, withoutJaeger } from '../../jaeger/start-jaeger.ts'
import { isRunning, startCommand } from '../command-process.ts'
import { listen } from '../fake-backend.ts'

const FREE = ['--ui-port', '0', '--otlp-port', '0']

test('--once goes from requests over their lines to a whole trace, and ends with 0', async (t) => {
  const demo = startCommand(t, { entry: 'cli/main.ts', args: ['demo', '--once', ...FREE] })
  const { code, stdout, stderr } = await demo.end()
  assert.equal(stderr, '')
  assert.equal(code, 0)
  assert.match(stdout, /"correlationId":"abc-123".*"msg":"done with async work"/)
  assert.match(stdout, /^200 \{"ok":true,"correlationId":"abc-123"\}$/m)
  assert.match(stdout, /"level":50.*"correlationId":"boom-777".*"msg":"request failed"/)
  assert.match(stdout, /^500 \{"error":"internal","correlationId":"boom-777"\}$/m)
  assert.match(stdout, /^200 \{"here":"trace-abc","downstreamReceived":"trace-abc"\}$/m)
  const traceId = proxyTraceId(stdout)
  //   GET /proxy             throughline
  //   ├ GET                  throughline
  //   │ └ GET /echo          throughline-downstream
  //   │   └ INFO request completed
  //   └ INFO request completed
  const [, drawn = ''] = stdout.split(`npm run pivot -- '<that line>'\n`)
  assert.match(drawn, /^▸ GET \/proxy 200 {2}throughline /m)
  assert.match(drawn, /^├ GET 200 {2}throughline /m)
  assert.match(drawn, /^│ └ GET \/echo 200 {2}throughline-downstream /m)
  assert.match(drawn, /^│ {3}└ INFO request completed /m)
  assert.match(drawn, /^└ INFO request completed /m)
  assert.match(drawn, new RegExp(`^http://127.0.0.1:\\d+/trace/${traceId}\\?uiFind=\\w{16}$`, 'm'))
  assert.ok(!stdout.includes('\u001b'), 'no colours in a pipe')
})

test('a viewer that is there already is used, and has the trace afterwards', async (t) => {
  const viewer = await startViewer({ uiPort: 0, otlpPort: 0 })
  t.after(() => viewer.close())
  const { code, stdout } = await runOnce(t, viewer)
  assert.equal(code, 0)
  assert.match(stdout, /already there.*it is used/)
  assert.match(stdout, /└ INFO request completed /)
  const answer = await fetch(`${viewer.ui}/api/v3/traces/${proxyTraceId(stdout)}`)
  assert.equal(answer.status, 200)
})

test('a Jaeger that is there already is used', { skip: withoutJaeger() }, async (t) => {
  const jaeger = await startJaeger(t)
  const { code, stdout } = await runOnce(t, jaeger)
  assert.equal(code, 0)
  assert.match(stdout, /already there.*it is used/)
  const answer = await fetch(`${jaeger.ui}/api/v3/traces/${proxyTraceId(stdout)}`)
  assert.equal(answer.status, 200)
})

test('ports in use are named and passed by, and settings of telemetry do not spoil the show', async (t) => {
  const server = await listen(t, (_request, response) => response.writeHead(418).end('a teapot'))
  const page = new URL(server).port
  const { code, stdout } = await startCommand(t, {
    entry: 'cli/main.ts',
    args: ['demo', '--once', '--ui-port', page, '--otlp-port', '0'],
    env: {
      PORT: page,
      LOG_LEVEL: 'silent',
      OTEL_SDK_DISABLED: 'true',
      PROPAGATE_TO: 'shop.internal',
      OTEL_TRACES_SAMPLER: 'always_off',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:9/v1/traces',
    },
  }).end()
  assert.match(stdout, new RegExp(`Port ${page} is taken by a server that answers 418: the viewer`))
  assert.match(stdout, new RegExp(`Port ${page} is taken: the app listens on \\d+ instead`))
  assert.equal(code, 0)
})

test('Ctrl-C ends it all in order, with 0 and without losing a line', async (t) => {
  const demo = startCommand(t, { entry: 'cli/main.ts', args: ['demo', ...FREE] })
  await demo.waitFor(/Ctrl-C ends it all/)
  const [, ui = ''] = await demo.waitFor(/^traces\s+(\S+)$/m)
  const { code, stdout, stderr } = await demo.interrupt()
  assert.equal(code, 0)
  assert.equal(stderr, '')
  assert.match(stdout, /app +│ .*shutting down.*\ndownstream │ .*shutting down/)
  const pids = pidsIn(stdout)
  assert.equal(pids.length, 2)
  assert.deepEqual(pids.filter(isRunning), [])
  await assert.rejects(fetch(ui), TypeError)
})

test('a second Ctrl-C ends it at once, with 1, and takes the apps along', async (t) => {
  const env = { SHUTDOWN_DRAIN_MS: '60000', SHUTDOWN_TIMEOUT_MS: '70000' }
  const demo = startCommand(t, { entry: 'cli/main.ts', args: ['demo', ...FREE], env })
  await demo.waitFor(/Ctrl-C ends it all/)
  const sockets = await Promise.all(['app', 'downstream'].map(connectTo))
  const cutOff = Promise.all(sockets.map((socket) => once(socket, 'close')))
  const draining = demo.waitFor(/shutting down/)
  const interrupted = demo.interrupt()
  await draining
  // Within 200 ms it is the same key press, so it is pressed until the demo has ended.
  const pressing = setInterval(demo.interrupt, 50)
  t.after(() => clearInterval(pressing))
  assert.equal((await interrupted).code, 1)
  clearInterval(pressing)
  await cutOff

  async function connectTo(name: string) {
    const [, port] = await demo.waitFor(new RegExp(`^${name} +http://127.0.0.1:(\\d+)$`, 'm'))
    const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
    await once(socket, 'connect')
    return socket
  }
})

test('an app that ends by itself ends the demo with 1, and the other app', async (t) => {
  const demo = startCommand(t, { entry: 'cli/main.ts', args: ['demo', ...FREE] })
  await demo.waitFor(/Ctrl-C ends it all/)
  const [, pid] = await demo.waitFor(/^app .*"pid":(\d+)/m)
  process.kill(Number(pid), 'SIGKILL')
  const { code, stdout, stderr } = await demo.end()
  assert.equal(code, 1)
  assert.match(stderr, /^demo: the app has ended by itself/)
  assert.deepEqual(pidsIn(stdout).filter(isRunning), [])
})

function runOnce(t: TestContext, { ui, otlp }: { ui: string; otlp: string }) {
  const ports = ['--ui-port', new URL(ui).port, '--otlp-port', new URL(otlp).port]
  return startCommand(t, { entry: 'cli/main.ts', args: ['demo', '--once', ...ports] }).end()
}

function proxyTraceId(stdout: string): string {
  const line = /^app .*"url":"\/proxy".*"trace_id":"(\w{32})"/m.exec(stdout)
  assert.ok(line?.[1], stdout)
  return line[1]
}

function pidsIn(stdout: string): number[] {
  const pids = Array.from(stdout.matchAll(/"pid":(\d+)/g), ([, pid]) => Number(pid))
  return [...new Set(pids)]
}
