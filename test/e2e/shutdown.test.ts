import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { REGISTERED } from './app-process.ts'
import { observedApp } from './observed-app.ts'
import type { Behaviour } from './sink.ts'
import { assertTree } from './span-tree.ts'

const entry = 'test/e2e/fixtures/held-request.ts'
/** Longer than any test takes: what must not wait for it would never end. */
const NEVER_MS = '3600000'

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} loses neither the last spans nor the last lines`, async (t) => {
    const app = await observedApp(t, { env: { OTEL_BSP_SCHEDULE_DELAY: NEVER_MS } })
    await app.request('/work', 'last-1')
    const { code, lines, stderr } = await app.stop(signal)
    assert.equal(code, 0)
    assert.equal(stderr, '')
    assertTree(app.spans, 'GET /work (server)')
    assert.deepEqual([lines.at(-1)?.msg, lines.at(-1)?.signal], ['shutting down', signal])
  })
}

test('while it drains it is not ready, still answers, and lets go of its connections', async (t) => {
  const app = await observedApp(t, {
    env: { SHUTDOWN_DRAIN_MS: NEVER_MS, SHUTDOWN_TIMEOUT_MS: '3600500' },
  })
  assert.equal((await app.request('/readyz')).headers.get('connection'), 'keep-alive')
  app.signal('SIGTERM')
  await app.waitForLine(({ msg }) => msg === 'shutting down')

  const ready = await app.request('/readyz')
  assert.equal(ready.status, 503)
  assert.equal((await app.request('/livez')).status, 200)
  const late = await app.request('/echo', 'late-1')
  assert.equal(late.status, 200)
  for (const { headers } of [ready, late]) assert.equal(headers.get('connection'), 'close')
  // The drain period would last for an hour: the second signal is what ends it.
  assert.equal((await app.stop('SIGINT')).code, 1)
})

test('a request in flight is answered after it has stopped accepting, and its span arrives', async (t) => {
  const app = await observedApp(t, { entry })
  const held = hold(`${app.url}/held`, 'held-1')
  await app.waitForLine(({ msg }) => msg === 'holding')
  app.signal('SIGTERM')
  await refusesConnections(app.url)
  held.end()
  const [response]: IncomingMessage[] = await once(held, 'response')
  assert.equal(response?.statusCode, 200)
  assert.equal(response.headers.connection, 'close')
  assert.equal(response && (await text(response)), '{"held":true}')
  const { code, lines } = await app.end()

  assert.equal(code, 0)
  assert.deepEqual(
    lines.slice(2).map(({ msg }) => msg),
    ['holding', 'shutting down', 'released', 'request completed'],
  )
  assertTree(app.spans, 'POST /held (server)')
})

test('a connection whose answer had begun before the end does not hold it up by being kept alive', async (t) => {
  const app = await observedApp(t, { entry, env: { SHUTDOWN_TIMEOUT_MS: '30000' } })
  const streamed = hold(`${app.url}/streamed`, 'held-4')
  const [response]: IncomingMessage[] = await once(streamed, 'response')
  app.signal('SIGTERM')
  await refusesConnections(app.url)
  streamed.end()
  assert.equal(response && (await text(response)), 'first, last')
  // The connection, which was said to be kept alive, would be cut off at the deadline otherwise, with a line.
  const { code, lines } = await app.end()
  assert.equal(code, 0)
  assert.equal(lines.at(-1)?.msg, 'request completed')
})

test('a request that never ends is cut off in time to send its span', async (t) => {
  const app = await observedApp(t, { entry, env: { SHUTDOWN_TIMEOUT_MS: '1500' } })
  const held = hold(`${app.url}/held`, 'held-2')
  const cut = assert.rejects(once(held, 'response'))
  await app.waitForLine(({ msg }) => msg === 'holding')
  const { code, lines } = await app.stop()
  await cut
  assert.equal(code, 0)
  const aborted = lines.find(({ msg }) => msg === 'request aborted')
  assert.equal(aborted?.correlationId, 'held-2')
  assert.deepEqual(
    app.spans.map(({ spanId, attributes }) => [spanId, attributes['correlation.id']]),
    [[aborted?.span_id, 'held-2']],
  )
})

for (const [first, second] of [
  ['SIGTERM', 'SIGINT'],
  ['SIGINT', 'SIGTERM'],
  ['SIGHUP', 'SIGTERM'],
] as const) {
  test(`a second signal ends it at once: ${first}, then ${second}`, async (t) => {
    const app = await observedApp(t, { entry })
    const cut = assert.rejects(once(hold(`${app.url}/held`, 'held-3'), 'response'))
    await app.waitForLine(({ msg }) => msg === 'holding')
    app.signal(first)
    await app.waitForLine(({ msg }) => msg === 'shutting down')
    const { code, lines } = await app.stop(second)
    await cut
    assert.equal(code, 1)
    assert.equal(lines.at(-1)?.msg, 'second signal: exiting at once')
    assert.equal(lines.at(-1)?.signal, second)
  })
}

const DOWN: Behaviour[] = ['refuse', 'hang', 503]
for (const behaviour of DOWN) {
  test(`a collector that is down (${behaviour}) neither stalls the end nor hides what was lost`, async (t) => {
    // Left alone the exporter would try six times; a collector that hangs is found out by the deadline alone.
    const app = await observedApp(t, {
      env: {
        OTEL_BSP_SCHEDULE_DELAY: NEVER_MS,
        OTEL_EXPORTER_OTLP_TIMEOUT: NEVER_MS,
        SHUTDOWN_TIMEOUT_MS: behaviour === 'hang' ? '1500' : NEVER_MS,
      },
    })
    app.sink.behave(behaviour)
    await app.request('/work', 'lost-1')
    const { code, lines } = await app.stop()
    assert.equal(code, 0)
    const said = lines.filter(({ msg }) => msg === 'telemetry export failing')
    assert.deepEqual(
      said.map(({ spansLost }) => spansLost),
      [1],
    )
    assert.ok(app.sink.refused + app.sink.exports.length <= 2)
    assert.equal(
      lines.some(({ msg }) => msg === 'shutdown took too long: exiting at once'),
      false,
    )
  })
}

/** A request under way: its headers are sent and its body is not. */
function hold(url: string, correlationId: string): ClientRequest {
  const held = request(url, {
    agent: new Agent({ keepAlive: true }), // patient: it keeps an idle connection for as long as the server does
    method: 'POST',
    headers: { 'x-correlation-id': correlationId },
  })
  held.flushHeaders()
  return held
}

/** Resolves when no new connection is accepted any more. */
async function refusesConnections(url: string): Promise<void> {
  for (;;) {
    const probe = request(`${url}/livez`, { agent: false }).end()
    try {
      const [response]: IncomingMessage[] = await once(probe, 'response')
      response?.resume()
    } catch {
      return
    }
  }
}

test('a clock that is set while the app ends costs no spans', async (t) => {
  // An hour later, while it drains.
  const setClock = `
    const now = Date.now
    process.once('SIGTERM', () => setTimeout(() => { Date.now = () => now() + 3_600_000 }, 10))`
  const app = await observedApp(t, {
    env: { SHUTDOWN_DRAIN_MS: '100' },
    nodeArgs: ['--import', `data:text/javascript,${encodeURIComponent(setClock)}`, ...REGISTERED],
  })
  await app.request('/work', 'abc-123')
  const { lines } = await app.stop()
  assertTree(app.spans, 'GET /work (server)')
  assert.equal(lines.at(-1)?.msg, 'shutting down')
})
