import { once } from 'node:events'
import { createServer } from 'node:http'
import { portOf } from '../../src/throughline/server/listen.ts'

/** The other service of `/proxy`: it answers at once, untraced. */
export async function startDownstream(): Promise<{ url: string; close(): void }> {
  const body = JSON.stringify({ received: null })
  const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length }
  const server = createServer((_req, res) => res.writeHead(200, headers).end(body))
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server)}/`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
