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
import { PSK_SERVER } from '../../e2e/fixtures/psk.ts'
import { Arrivals } from './called.ts'

/** Two servers of HTTP/2 that calls go to, without TLS and with it, and what has arrived at them. */
export async function startHttp2Called(t: TestContext) {
  const arrivals = new Arrivals()
  const answer = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    arrivals.add(headers[':path'] ?? '', headers)
    stream.respond()
    stream.end('{}')
  }
  const port = await listen(t, createServer().on('stream', answer))
  const securePort = await listen(t, createSecureServer(PSK_SERVER).on('stream', answer))
  return {
    arrivals,
    url: `http://127.0.0.1:${port}`,
    secureUrl: `https://127.0.0.1:${securePort}`,
  }
}

async function listen(t: TestContext, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return z.object({ port: z.number() }).parse(server.address()).port
}
