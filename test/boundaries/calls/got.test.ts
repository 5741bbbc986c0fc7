import assert from 'node:assert/strict'
import { assertOwnIdentities, callFromAll, NAMES, startCaller, testBoth } from './called.ts'
import { refuseFirst, startCalled } from './called-server.ts'

for (const client of ['promise', 'stream']) {
  testBoth(
    `each attempt over got has the identities of its request, and a span of its own: ${client}`,
    async (t, { traced, env }) => {
      const { url, arrivals } = await startCalled(t, { answer: refuseFirst() })
      const app = await startCaller(t, 'got.ts', { CALLED_URL: url, ...env })
      await callFromAll(app, client)
      assert.equal(arrivals.all.length, 2 * NAMES.length)
      await assertOwnIdentities(app, arrivals.all, traced)
    },
  )
}
