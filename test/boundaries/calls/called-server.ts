import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { listen } from '../../listen.ts'
import { Arrivals } from './called.ts'

/** A server that calls go to, until the end of the test: what has arrived at it, and over which connections. */
export async function startCalled(
  t: TestContext,
  {
    answer = (_req, res) => res.end('{}'),
    server = createServer(),
    arrivals = new Arrivals(),
  }: { answer?: RequestListener; server?: Server; arrivals?: Arrivals } = {},
) {
  const connections = new Set<Socket>()
  server.on('request', (req, res) => {
    connections.add(req.socket)
    arrivals.add(req.url ?? '', req.headers)
    answer(req, res)
  })
  const port = await listen(server)
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { port, url: `http://127.0.0.1:${port}`, arrivals, connections }
}

/** Answers 503 to the first attempt of each path, and then what was asked for. */
export function refuseFirst(): RequestListener {
  const paths = new Set<string | undefined>()
  return (req, res) => {
    if (!paths.has(req.url)) res.statusCode = 503
    paths.add(req.url)
    res.end('{}')
  }
}
