import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  createSecureServer,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Server } from 'node:net'
import type { TestContext } from 'node:test'
import { z } from 'zod'
import type { Env } from '../e2e/app-process.ts'
import { PSK_SERVER } from '../e2e/fixtures/psk.ts'
import { Arrivals, assertOwnIdentities, callFromAll, startCaller, testBoth } from './called.ts'

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

/** The fixture, and what arrives where it calls, without TLS and with it. */
async function start(t: TestContext, env: Env) {
  const arrivals = new Arrivals()
  const answer = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    arrivals.add(headers[':path'] ?? '', headers)
    stream.respond()
    stream.end('{}')
  }
  const plain = createServer().on('stream', answer)
  const secure = createSecureServer(PSK_SERVER).on('stream', answer)
  const app = await startCaller(t, 'http2.ts', {
    CALLED_URL: `http://127.0.0.1:${await listen(t, plain)}`,
    SECURE_URL: `https://127.0.0.1:${await listen(t, secure)}`,
    ...env,
  })
  return { app, arrivals }
}

async function listen(t: TestContext, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return z.object({ port: z.number() }).parse(server.address()).port
}
