import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { test } from 'node:test'
import { rawConnection, readToEnd } from '../src/raw-request.ts'
import { observedApp } from './observed-app.ts'
import { assertTree } from './span-tree.ts'

const entry = 'test/e2e/fixtures/upgraded.ts'
/** Longer than any test takes: what waits for it never ends. */
const SHUTDOWN_TIMEOUT_MS = '3600000'
const ASKS = {
  upgrade: 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: greeting\r\n\r\n',
  tunnel: 'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
}

for (const [name, ask] of Object.entries(ASKS)) {
  test(`an idle socket (${name}) neither holds up the end nor counts as a request`, async (t) => {
    const app = await observedApp(t, { entry, env: { SHUTDOWN_TIMEOUT_MS } })
    const socket = await greeted(app.url, ask)
    const rest = readToEnd(socket)
    const { code, lines } = await app.stop()
    assert.equal(code, 0)
    assert.equal(await rest, '')
    assert.equal(lines.at(-1)?.msg, 'shutting down')
  })
}

test('a request in flight is waited for beside an idle socket', async (t) => {
  const app = await observedApp(t, { entry, env: { SHUTDOWN_TIMEOUT_MS } })
  const socket = await greeted(app.url, ASKS.upgrade)
  const held = request(`${app.url}/held`, { agent: false, method: 'POST' })
  held.flushHeaders()
  await app.waitForLine(({ msg }) => msg === 'holding')
  app.signal('SIGTERM')
  await app.waitForLine(({ msg }) => msg === 'shutting down')
  held.end()
  const [response]: IncomingMessage[] = await once(held, 'response')
  assert.equal(response?.resume().statusCode, 200)
  await once(socket.resume(), 'close')
  const { code, lines } = await app.end()
  assert.equal(code, 0)
  assert.equal(lines.at(-1)?.msg, 'request completed')
})

test('a socket whose peer reads nothing is cut off', async (t) => {
  const app = await observedApp(t, { entry, env: { SHUTDOWN_TIMEOUT_MS, FLOOD: 'true' } })
  const socket = await rawConnection(app.url)
  t.after(() => socket.destroy())
  socket.write(ASKS.upgrade)
  await once(socket, 'readable')
  assert.equal((await app.stop()).code, 0)
})

test('parts are closed in order, after the requests and before the sockets that are left', async (t) => {
  const app = await observedApp(t, { entry, env: { SHUTDOWN_TIMEOUT_MS, PARTS: 'goodbye,works' } })
  const socket = await greeted(app.url, ASKS.upgrade)
  const rest = readToEnd(socket)
  const held = request(`${app.url}/held`, { agent: false, method: 'POST' })
  held.flushHeaders()
  await app.waitForLine(({ msg }) => msg === 'holding')
  app.signal('SIGTERM')
  await app.waitForLine(({ msg }) => msg === 'shutting down')
  held.end()
  const { code, lines } = await app.end()
  assert.equal(code, 0)
  assert.equal(await rest, 'goodbye')
  assert.deepEqual(
    lines.slice(-3).map(({ msg, part }) => [msg, part]),
    [
      ['request completed', undefined],
      ['closing', 'goodbye'],
      ['closing', 'works'],
    ],
  )
})

test('a part that fails or hangs is named, and neither the next one nor the spans wait for it', async (t) => {
  const env = { SHUTDOWN_TIMEOUT_MS: '2500', PARTS: 'rejects,hangs,throws' }
  const app = await observedApp(t, { entry, env })
  await app.request('/echo')
  const { code, lines } = await app.stop()
  assert.equal(code, 0)
  const failed = { msg: 'could not be closed', level: 50 }
  assert.deepEqual(
    lines.slice(4).map(({ msg, level, part, err }) => ({ msg, level, part, err: messageOf(err) })),
    [
      { msg: 'closing', level: 30, part: 'rejects', err: undefined },
      { ...failed, part: 'rejects', err: 'the pool is gone' },
      { msg: 'closing', level: 30, part: 'hangs', err: undefined },
      { msg: 'still closing: going on without it', level: 40, part: 'hangs', err: undefined },
      { msg: 'closing', level: 30, part: 'throws', err: undefined },
      { ...failed, part: 'throws', err: 'there is no pool' },
    ],
  )
  assertTree(app.spans, 'GET /echo (server)')
})

test('after a crash no part is asked for anything, and no socket holds up the end', async (t) => {
  const app = await observedApp(t, { entry, env: { SHUTDOWN_TIMEOUT_MS, PARTS: 'hangs' } })
  const rest = readToEnd(await greeted(app.url, ASKS.upgrade))
  await assert.rejects(app.request('/crash'))
  await rest
  const { code, lines } = await app.end()
  assert.equal(code, 1)
  assert.equal(
    lines.some(({ msg }) => msg === 'closing'),
    false,
  )
})

/** A connection that has left HTTP, and had its greeting. */
async function greeted(url: string, ask: string) {
  const socket = await rawConnection(url)
  socket.write(ask)
  let text = ''
  while (!text.endsWith('hello ')) text += (await once(socket, 'data'))[0]
  return socket
}

function messageOf(err: unknown): unknown {
  return typeof err === 'object' && err !== null && 'message' in err ? err.message : undefined
}
