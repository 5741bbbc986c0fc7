import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Env } from '../../e2e/app-process.ts'
import { assertOwnIdentities, callFromAll, startCaller, testBoth } from './called.ts'
import { startHttp2Called } from './http2-called.ts'

const CLIENTS = [
  'headers',
  'array',
  'body',
  'over TLS',
  'a session each',
  'request of undici',
  'fetch of undici',
]

for (const client of CLIENTS) {
  testBoth(
    `a call over HTTP/2 has the identities of its request: ${client}`,
    async (t, { traced, env }) => {
      const { app, arrivals } = await start(t, env)
      await callFromAll(app, client)
      assert.equal(arrivals.all.length, 5)
      await assertOwnIdentities(app, arrivals.all, traced)
    },
  )
}

for (const client of ['own headers', 'own headers in an array']) {
  testBoth(
    `what the caller of node:http2 set itself is what leaves: ${client}`,
    async (t, { env }) => {
      const { app, arrivals } = await start(t, env)
      await callFromAll(app, client)
      for (const { headers } of arrivals.all) {
        assert.equal(headers['x-correlation-id'], 'own')
        assert.equal(headers.traceparent, `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`)
      }
      assert.equal(arrivals.all.length, 5)
      await app.stop()
      const calls = app.spans.filter(({ kind }) => kind === 'client')
      assert.deepEqual(calls, [], 'whoever set the trace has made the span')
    },
  )
}

testBoth(
  'PROPAGATE_TO bounds a call over HTTP/2 by the host and port that it asks for',
  async (t, { traced, env }) => {
    const { app, arrivals, url } = await start(t, {
      PROPAGATE_TO: 'shop.internal,127.0.0.1:1',
      OTEL_PROPAGATORS: 'tracecontext,baggage,b3,b3multi',
      ...env,
    })
    await callFromAll(app, 'headers')
    await callFromAll(app, 'request of undici')
    await callFromAll(app, 'as shop.internal')
    await app.stop()

    const identities = arrivals.all.map(({ headers }) =>
      ['x-correlation-id', 'traceparent', 'b3', 'x-b3-traceid'].filter((name) => name in headers),
    )
    const inside = traced
      ? ['x-correlation-id', 'traceparent', 'b3', 'x-b3-traceid']
      : ['x-correlation-id']
    assert.deepEqual(identities, [...Array(10).fill([]), ...Array(5).fill(inside)], url)
    const spans = app.spans.filter(({ kind }) => kind === 'client')
    assert.equal(spans.length, traced ? 15 : 0, 'a call that stays without identities has its span')
  },
)

/** The fixture, and what arrives where it calls. */
async function start(t: TestContext, env: Env) {
  const { url, secureUrl, arrivals } = await startHttp2Called(t)
  const app = await startCaller(t, 'http2.ts', { CALLED_URL: url, SECURE_URL: secureUrl, ...env })
  return { app, arrivals, url }
}
