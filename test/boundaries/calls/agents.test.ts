import assert from 'node:assert/strict'
import { createServer } from 'node:https'
import { PSK_SERVER } from '../../e2e/fixtures/psk.ts'
import { assertOwnIdentities, callFromAll, NAMES, startCaller, testBoth } from './called.ts'
import { startCalled } from './called-server.ts'

for (const client of ['http', 'https']) {
  testBoth(
    `calls that wait for the one connection of an agent have the identities of their own requests: ${client}`,
    async (t, { traced, env }) => {
      const { port, arrivals, connections } = await startCalled(
        t,
        client === 'https' ? { server: createServer(PSK_SERVER) } : {},
      )
      const app = await startCaller(t, 'agents.ts', {
        CALLED_URL: `http://127.0.0.1:${port}`,
        SECURE_URL: `https://127.0.0.1:${port}`,
        ...env,
      })
      await callFromAll(app, client)
      await callFromAll(app, client)
      assert.equal(connections.size, 1)
      assert.equal(arrivals.all.length, 2 * NAMES.length)
      await assertOwnIdentities(app, arrivals.all, traced)
    },
  )
}
