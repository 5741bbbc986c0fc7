import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Env } from '../e2e/app-process.ts'
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
    },
  )
}

/** The fixture, and what arrives where it calls. */
async function start(t: TestContext, env: Env) {
  const { url, secureUrl, arrivals } = await startHttp2Called(t)
  const app = await startCaller(t, 'http2.ts', { CALLED_URL: url, SECURE_URL: secureUrl, ...env })
  return { app, arrivals }
}
