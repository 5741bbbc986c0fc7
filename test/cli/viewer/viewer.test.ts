import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { Misuse } from '../../../cli/command/command-error.ts'
import { viewerOptions } from '../../../cli/viewer/viewer-options.ts'
import { holdPort } from '../../jaeger/held-port.ts'
import { runningViewer, send } from '../../viewer/running-viewer.ts'
import { span, traceIdOf, traces } from '../../viewer/traffic.ts'

const main = join(import.meta.dirname, '../../../cli/main.ts')
function run(t: TestContext, ...args: string[]) {
  const child = spawn(process.execPath, [main, 'viewer', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  return child
}
const listening = z.object({
  msg: z.literal('viewer listening'),
  ui: z.url(),
  otlp: z.url(),
  grpc: z.url().optional(),
})
const firstLine = async (child: ReturnType<typeof run>) => {
  for await (const line of createInterface({ input: child.stdout }))
    return listening.parse(JSON.parse(line))
  throw new Error(`the viewer ended without a line: ${await text(child.stderr)}`)
}

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  test(`its first line says where it listens, on loopback; ${signal} ends it in order`, async (t) => {
    const child = run(t, '--ui-port', '0', '--otlp-port', '0')
    const { ui, otlp, grpc } = await firstLine(child)
    await send(otlp, 'traces', traces('app', span()))
    assert.equal((await fetch(`${ui}/api/v3/traces/${traceIdOf(1)}`)).status, 200)
    for (const url of [ui, otlp, grpc]) assert.equal(new URL(url ?? '').hostname, '127.0.0.1')
    const live = await fetch(`${ui}/live`)
    child.kill(signal)
    assert.deepEqual(await once(child, 'exit'), [0, null])
    await live.body?.cancel().catch(() => undefined)
  })

for (const option of ['--ui-port', '--otlp-port', '--grpc-port'])
  test(`a busy ${option} is one line and status 1`, async (t) => {
    const held = await holdPort()
    t.after(held.release)
    const ports = [
      '--ui-port',
      '0',
      '--otlp-port',
      '0',
      option,
      new URL(`http://${held.address}`).port,
    ]
    const child = run(t, ...ports)
    const [errors, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    assert.match(
      errors,
      new RegExp(`^viewer: cannot listen on ${held.address}: the port is in use; .*${option}.*\n$`),
    )
    assert.equal(status, 1)
  })

test('where another has the port that gRPC has by itself, the viewer goes on without', async (t) => {
  const held = await holdPort()
  t.after(held.release)
  const { port } = new URL(`http://${held.address}`)
  const { grpc, noGrpc } = await runningViewer(t, { grpc: { port: Number(port), needed: false } })
  assert.equal(grpc, undefined)
  assert.match(noGrpc ?? '', new RegExp(`^cannot listen on ${held.address}: the port is in use`))
})

test('whether gRPC has its own port or none is said in one line', async (t) => {
  const own = createServer().listen(4317, '127.0.0.1')
  // Where another process has the port already, it is taken all the same.
  await once(own, 'listening').catch(() => undefined)
  t.after(() => own.close())
  const child = run(t, '--ui-port', '0', '--otlp-port', await freePort())
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await lines.next()).value ?? '')
  const { grpc, otlp } = listening.parse(await next())
  assert.equal(grpc, undefined)
  const warning = await next()
  assert.deepEqual([warning.level, warning.msg], [40, 'no OTLP over gRPC'])
  assert.match(warning.reason, /127\.0\.0\.1:4317: the port is in use; .*--grpc-port/)
  await send(otlp, 'traces', traces('app', span()))
})

async function freePort(): Promise<string> {
  const held = await holdPort()
  await held.release()
  return new URL(`http://${held.address}`).port
}

test('no other address than 127.0.0.1 is answered', async (t) => {
  const { ui, otlp } = await firstLine(run(t, '--ui-port', '0', '--otlp-port', '0'))
  for (const url of [ui, otlp]) {
    const socket = connect(Number(new URL(url).port), '127.0.0.2')
    t.after(() => socket.destroy())
    await assert.rejects(once(socket, 'connect'))
  }
})

test('a request that never ends does not keep the viewer from ending', async (t) => {
  const child = run(t, '--ui-port', '0', '--otlp-port', '0')
  const { otlp } = await firstLine(child)
  const socket = connect(Number(new URL(otlp).port), '127.0.0.1')
  t.after(() => socket.destroy())
  socket.write('POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n')
  socket.write('Content-Length: 9\r\nExpect: 100-continue\r\n\r\n')
  await once(socket, 'data')
  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'exit'), [0, null])
})

test('files of saved traces are opened at the start, and their URLs said', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'viewer-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'trace.json')
  writeFileSync(file, JSON.stringify(traces('app', span(), span({ spanId: 'odd' }))))
  const child = run(t, '--ui-port', '0', '--otlp-port', '0', file)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await lines.next()).value ?? '')
  const { ui } = listening.parse(await next())
  const url = `${ui}/trace/${traceIdOf(1)}`
  const opened = await next()
  assert.deepEqual([opened.msg, opened.traces, opened.url], ['opened', 1, url])
  assert.deepEqual((await next()).rejected, 1)
  assert.equal((await fetch(url)).status, 200)
})

test('a file that is none of saved traces is one line and status 1', async (t) => {
  for (const [file, reason] of [
    [import.meta.filename, 'it is no JSON|line 1 is no JSON'],
    ['nowhere.json', 'ENOENT'],
  ] as const) {
    const child = run(t, '--ui-port', '0', '--otlp-port', '0', file)
    const [errors, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    assert.match(errors, new RegExp(`^viewer: cannot open .*${file}: (${reason}).*\n$`))
    assert.equal(status, 1)
  }
})

test('a bad option is one line and status 2', async (t) => {
  const child = run(t, '--max-spans', 'many')
  const [errors, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  assert.equal(errors, 'viewer: --max-spans=many: expected a whole number from 1 to 1000000000\n')
  assert.equal(status, 2)
})

test('options have the defaults that apps and links expect, and say what is wrong', () => {
  assert.deepEqual(viewerOptions([]), {
    uiPort: 16686,
    otlpPort: 4318,
    grpc: { port: 4317, needed: false },
    db: ':memory:',
    maxSpans: 200_000,
    maxBody: 64 * 1024 * 1024,
    allowOrigins: [],
    allowHosts: [],
    files: [],
  })
  assert.deepEqual(viewerOptions(['a.json', '--ui-port=0', 'b.json']).files, ['a.json', 'b.json'])
  assert.deepEqual(viewerOptions(['--db', 'x.db', '--ui-port=0']).db, 'x.db')
  assert.deepEqual(viewerOptions(['--grpc-port', '4317']).grpc, { port: 4317, needed: true })
  assert.deepEqual(viewerOptions(['--otlp-port=0']).grpc, { port: 0, needed: false })
  assert.throws(
    () => viewerOptions(['--ui-port', '70000']),
    /--ui-port=70000: expected a whole number from 0 to 65535/,
  )
  assert.throws(() => viewerOptions(['--ui-port', '']), /--ui-port/)
  assert.throws(() => viewerOptions(['--max-spans', '0']), /--max-spans=0: expected/)
  assert.throws(() => viewerOptions(['--bogus']), /bogus/)
})

test('origins and hosts are read as a browser sends them, any number of each', () => {
  const args = ['--allow-origin', 'HTTPS://App.example/', '--allow-origin=http://10.0.0.5:8080']
  const { allowOrigins } = viewerOptions(args)
  assert.deepEqual(allowOrigins, ['https://app.example', 'http://10.0.0.5:8080'])
  const hosts = ['host.docker.internal', 'NAS', '10.0.0.5', '[FD00::1]', 'my_service']
  const { allowHosts } = viewerOptions(hosts.map((host) => `--allow-host=${host}`))
  assert.deepEqual(allowHosts, [
    'host.docker.internal',
    'nas',
    '10.0.0.5',
    '[fd00::1]',
    'my_service',
  ])
})

test('what is no origin, no host or no size is refused', () => {
  for (const origin of [
    '*',
    'app.example',
    'https://',
    'https://a/b',
    'https://u@a',
    'file:///x',
    'null',
  ])
    assert.throws(
      () => viewerOptions(['--allow-origin', 'https://good', '--allow-origin', origin]),
      new Misuse(
        `--allow-origin=${origin}: expected an origin, as https://app.example or http://10.0.0.5:8080`,
      ),
    )
  for (const host of [
    'http://a',
    'a:80',
    '[fd00::1]:80',
    'fd00::1',
    'a/b',
    'u@a',
    '',
    'a b',
    '[x]',
  ])
    assert.throws(
      () => viewerOptions([`--allow-host=${host}`]),
      new Misuse(
        `--allow-host=${host}: expected a name or an address without a port, as host.docker.internal`,
      ),
    )
  assert.equal(viewerOptions(['--max-body-mb', '1']).maxBody, 1024 * 1024)
  assert.throws(
    () => viewerOptions(['--max-body-mb', '0']),
    /--max-body-mb=0: expected a whole number from 1 to 500/,
  )
  assert.throws(() => viewerOptions(['--max-body-mb', '501']), /--max-body-mb=501: expected/)
})

test('--help says what there is, on stdout', async (t) => {
  const child = run(t, '--help')
  const [help, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  assert.match(help, /^Usage: .*viewer.*--allow-host/s)
  assert.equal(status, 0)
})
