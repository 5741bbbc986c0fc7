import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { BodyError, readBody } from '../../../viewer/http/body.ts'
import { listen } from '../../listen.ts'
import { runningViewer } from '../running-viewer.ts'
import { span, traces } from '../traffic.ts'

const compressions = new Map([
  ['identity', (text: string) => Buffer.from(text)],
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
])
const body = JSON.stringify(traces('app', span()))

const postEncoded = (otlp: string, encoding: string, bytes: Uint8Array<ArrayBuffer>) =>
  fetch(`${otlp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': encoding },
    body: bytes,
  })

for (const [encoding, compress] of compressions) {
  test(`a body in ${encoding} is taken`, async (t) => {
    const { otlp, ui } = await runningViewer(t)
    const response = await postEncoded(otlp, encoding.toUpperCase(), compress(body))
    assert.deepEqual([response.status, await response.json()], [200, { partialSuccess: {} }])
    const services = await (await fetch(`${ui}/api/v3/services`)).json()
    assert.deepEqual(services, { services: ['app'] })
  })

  test(`a body in ${encoding} over the limit is a 413`, async (t) => {
    const { otlp } = await runningViewer(t, { maxBody: body.length })
    assert.equal((await postEncoded(otlp, encoding, compress(body))).status, 200)
    const response = await postEncoded(otlp, encoding, compress(`${body} `))
    assert.equal(response.status, 413)
    const message = `request entity too large: more than ${body.length} bytes; send smaller batches, or raise --max-body-mb`
    assert.deepEqual(await response.json(), { code: 3, message })
  })

  test(`a body in ${encoding} that is cut off is given up`, async (t) => {
    const bytes = compress(body)
    const headers = { 'Content-Encoding': encoding, 'Content-Length': bytes.length }
    const { socket, outcome } = await readByServer(t, headers)
    socket.write(bytes.subarray(0, 20), () => socket.resetAndDestroy())
    await assert.rejects(outcome, (error) => error instanceof BodyError && error.status === 400)
  })
}

test('an encoding that is not known, or a list of them, is a 415 that names it', async (t) => {
  const { otlp } = await runningViewer(t)
  for (const encoding of ['x-gzip', 'gzip, gzip', 'bogus']) {
    const response = await postEncoded(otlp, encoding, gzipSync(body))
    assert.equal(response.status, 415)
    const message = `unsupported content encoding "${encoding}"`
    assert.deepEqual(await response.json(), { code: 3, message })
  }
})

test('a body that is not compressed as it says, or not whole, is a 400 with the reason', async (t) => {
  const { otlp } = await runningViewer(t)
  for (const [encoding, bytes, reason] of [
    ['gzip', Buffer.from(body), /incorrect header check/],
    ['gzip', gzipSync(body).subarray(0, 40), /unexpected end of file/],
    ['deflate', gzipSync(body), /incorrect header check/],
    ['br', gzipSync(body), /"message":".+"/],
    ['zstd', gzipSync(body), /"message":".+"/],
  ] as const) {
    const response = await postEncoded(otlp, encoding, bytes)
    assert.equal(response.status, 400)
    assert.match(await response.text(), reason)
  }
})

test('a bomb is a 413, and is never inflated as far as its broken end', async (t) => {
  const zeros = gzipSync(Buffer.alloc(16 * 1024 * 1024))
  const bomb = Buffer.concat([...Array(16).fill(zeros), Buffer.from('broken')])
  const { otlp } = await runningViewer(t, { maxBody: 2 * bomb.length })
  assert.equal((await postEncoded(otlp, 'gzip', bomb)).status, 413)
})

test('a body that says that it is too large is refused for that, before it has come', async (t) => {
  const { socket, outcome } = await readByServer(t, { 'Content-Length': 10_001 })
  socket.write('{', () => socket.resetAndDestroy())
  await assert.rejects(outcome, (error) => error instanceof BodyError && error.status === 413)
})

test('a sender that first sends all, and then looks, sees what is wrong', async (t) => {
  const { otlp } = await runningViewer(t, { maxBody: 10_000 })
  const size = 30_000_000
  for (const headers of [{ 'Content-Length': size }, { 'Content-Encoding': 'x' }]) {
    const socket = await connected(t, Number(new URL(otlp).port))
    const whole = { Connection: 'close', 'Content-Length': size, ...headers }
    socket.pause().write(head({ ...whole, 'Content-Type': 'application/json' }))
    await new Promise<void>((resolve, reject) => {
      socket.write(Buffer.alloc(size, ' '), (error) => (error ? reject(error) : resolve()))
    })
    const [answer] = await once(socket.resume(), 'data')
    assert.match(String(answer), /^HTTP\/1\.1 41[35] /)
  }
})

test('what follows the end of a compressed body is let go, and the next request answered', async (t) => {
  const { otlp } = await runningViewer(t)
  const socket = await connected(t, Number(new URL(otlp).port))
  const bytes = Buffer.concat([deflateSync(body), Buffer.alloc(1_000_000)])
  const headers = { 'Content-Encoding': 'deflate', 'Content-Length': bytes.length }
  for (let n = 0; n < 2; n++) {
    socket.write(head({ ...headers, 'Content-Type': 'application/json' }))
    socket.write(bytes)
    const [answer] = await once(socket, 'data')
    assert.match(String(answer), /^HTTP\/1\.1 200 /)
  }
})

type Headers = Record<string, string | number>

const head = (headers: Headers) =>
  `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`

async function connected(t: TestContext, port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  t.after(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** A socket whose request has begun at a server that reads a body of 10 kB, and what comes of that. */
async function readByServer(t: TestContext, headers: Headers) {
  const server = createServer()
  const socket = await connected(t, await listen(server))
  t.after(() => server.close())
  const { promise: outcome, resolve } = Promise.withResolvers<Buffer>()
  server.once('request', (request) => resolve(readBody(request, 10_000)))
  socket.write(head(headers))
  await once(server, 'request')
  return { socket, outcome }
}
