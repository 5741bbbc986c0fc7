import assert from 'node:assert/strict'
import { assertOwnIdentities, callFromAll, NAMES, startCaller, testBoth } from './called.ts'
import { startCalled } from './called-server.ts'

for (const client of ['fetch', 'fetch of undici']) {
  testBoth(
    `each hop of a redirect from one origin to another has the identities of its request: ${client}`,
    async (t, { traced, env }) => {
      const second = await startCalled(t)
      const first = await startCalled(t, {
        arrivals: second.arrivals,
        answer: (req, res) =>
          res.writeHead(302, { location: `${second.url}${req.url}?hop=2` }).end(),
      })
      const app = await startCaller(t, 'fetch.ts', { CALLED_URL: first.url, ...env })
      await callFromAll(app, client)
      assert.equal(second.arrivals.all.length, 2 * NAMES.length)
      await assertOwnIdentities(app, second.arrivals.all, traced)
    },
  )
}
