import assert from 'node:assert/strict'
import { assertOwnIdentities, callFromAll, NAMES, startCaller, testBoth } from './called.ts'
import { startCalled } from './called-server.ts'

testBoth(
  'calls that follow each other on a connection of undici have the identities of their own requests',
  async (t, { traced, env }) => {
    const { url, arrivals, connections } = await startCalled(t)
    const app = await startCaller(t, 'undici.ts', { CALLED_URL: url, ...env })
    await callFromAll(app, 'kept alive')
    assert.equal(connections.size, 1)
    assert.equal(arrivals.all.length, NAMES.length)
    await assertOwnIdentities(app, arrivals.all, traced)
  },
)

const PIPELINED = ['pipelined', 'pipelined in a pool', 'pipelined streams', 'pipelined in undici 6']

for (const client of PIPELINED) {
  testBoth(
    `calls that are pipelined on a connection of undici have the identities of their own requests: ${client}`,
    async (t, { traced, env }) => {
      const { url, arrivals, connections } = await startCalled(t, {
        async answer(_req, res) {
          // No answer before all calls are there: they are on the way at the same time.
          await arrivals.until(NAMES.length)
          res.end('{}')
        },
      })
      const app = await startCaller(t, 'undici.ts', { CALLED_URL: url, ...env })
      await callFromAll(app, client)
      assert.equal(connections.size, 1)
      assert.equal(arrivals.all.length, NAMES.length)
      await assertOwnIdentities(app, arrivals.all, traced)
    },
  )
}
