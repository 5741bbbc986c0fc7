import assert from 'node:assert/strict'
import { assertOwnIdentities, callFromAll, NAMES, startCaller, testBoth } from './called.ts'
import { refuseFirst, startCalled } from './called-server.ts'
import { startHttp2Called } from './http2-called.ts'

for (const client of ['http', 'fetch']) {
  testBoth(
    `each attempt over axios has the identities of its request, with the adapter for ${client}`,
    async (t, { traced, env }) => {
      const { url, arrivals } = await startCalled(t, { answer: refuseFirst() })
      const app = await startCaller(t, 'axios.ts', { CALLED_URL: url, ...env })
      await callFromAll(app, client)
      assert.equal(arrivals.all.length, 2 * NAMES.length)
      assert.ok(arrivals.all.every(({ headers }) => headers['x-own'] === 'own'))
      await assertOwnIdentities(app, arrivals.all, traced)
    },
  )
}

testBoth(
  'a call over axios and HTTP/2 has the identities of its request',
  async (t, { traced, env }) => {
    const { url, arrivals } = await startHttp2Called(t)
    const app = await startCaller(t, 'axios.ts', { HTTP2_URL: url, ...env })
    await callFromAll(app, 'HTTP/2')
    assert.equal(arrivals.all.length, NAMES.length)
    await assertOwnIdentities(app, arrivals.all, traced)
  },
)
