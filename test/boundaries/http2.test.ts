import { once } from 'node:events'
import { createServer } from 'node:http2'
import type { TestContext } from 'node:test'
import { portOf } from '../../src/throughline/server/listen.ts'
import { Arrivals, assertOwnIdentities, callFromAll, startCaller, testBoth } from './called.ts'

const CLIENTS = ['headers', 'array', 'body', 'new session', 'undici', 'undici fetch']

for (const client of CLIENTS) {
  testBoth(
    `a call over node:http2 has the identities of its request: ${client}`,
    async (t, { traced, env }) => {
      const called = await startCalled(t)
      const app = await startCaller(t, 'http2.ts', { CALLED_URL: called.url, ...env })
      await callFromAll(app, client)
      await assertOwnIdentities(app, called.arrivals.all, traced)
    },
  )
}

async function startCalled(t: TestContext) {
  const arrivals = new Arrivals()
  const server = createServer()
  server.on('stream', (stream, headers) => {
    arrivals.add(headers[':path'] ?? '', headers)
    stream.respond()
    stream.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return { url: `http://127.0.0.1:${portOf(server)}`, arrivals }
}
