import assert from 'node:assert/strict'
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type TestContext, test } from 'node:test'
import { listen } from '../listen.ts'
import { PSK_SERVER } from './fixtures/psk.ts'
import { observedApp } from './observed-app.ts'
import { assertTree } from './span-tree.ts'

const CLIENTS = [
  'fetch',
  'undici package',
  'http.get',
  'http.request',
  'named get',
  'named request',
  'required http',
  'https.get',
  'named https get',
]

test('no way of calling out breaks the trace or loses the id, however the client was imported', async (t) => {
  const { app, received } = await start(t)
  for (const client of CLIENTS) {
    await app.request(`/${encodeURIComponent(client)}`, client.replaceAll(' ', '-'))
  }
  await app.stop()

  for (const [i, client] of CLIENTS.entries()) {
    const correlationId = client.replaceAll(' ', '-')
    const spans = app.spans.filter(
      ({ attributes }) => attributes['correlation.id'] === correlationId,
    )
    assertTree(
      spans,
      `
GET /:client{/:own} (server)
└─ GET (client)
`,
    )
    const call = spans.find(({ kind }) => kind === 'client')
    const headers = received[i]
    assert.equal(headers?.['x-correlation-id'], correlationId, client)
    assert.equal(headers?.traceparent, `00-${call?.traceId}-${call?.spanId}-01`, client)
  }
  assert.equal(app.spans.length, 2 * CLIENTS.length)
})

test('an id that the caller set on its call is neither replaced nor doubled', async (t) => {
  const { app, received } = await start(t)
  for (const client of CLIENTS) await app.request(`/${encodeURIComponent(client)}/own`, 'the-other')
  await app.stop()
  assert.deepEqual(
    received.map((headers) => headers['x-correlation-id']),
    CLIENTS.map(() => 'own'),
  )
})

test('with telemetry off the id still leaves on every call, alone', async (t) => {
  const { app, received } = await start(t, { OTEL_SDK_DISABLED: 'true' })
  for (const client of CLIENTS) await app.request(`/${encodeURIComponent(client)}`, 'solo')
  await app.stop()
  assert.deepEqual(
    received.map((headers) => [headers['x-correlation-id'], headers.traceparent]),
    CLIENTS.map(() => ['solo', undefined]),
  )
})

/** The fixture, and the headers that its two downstreams receive, in order. */
async function start(t: TestContext, env: Record<string, string> = {}) {
  const received: IncomingHttpHeaders[] = []
  const record: RequestListener = (req, res) => {
    received.push(req.headers)
    res.end('{}')
  }
  const app = await observedApp(t, {
    entry: 'test/e2e/fixtures/outbound.ts',
    env: {
      DOWNSTREAM_URL: `http://${await addressOf(t, createServer(record))}/`,
      SECURE_URL: `https://${await addressOf(t, createSecureServer(PSK_SERVER, record))}/`,
      ...env,
    },
  })
  return { app, received }
}

async function addressOf(t: TestContext, server: Server): Promise<string> {
  const port = await listen(server)
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `127.0.0.1:${port}`
}
