import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  request,
  type Server,
} from 'node:http'
import { connect } from 'node:net'
import { pipeline } from 'node:stream'
import type { TestContext } from 'node:test'
import { portOf } from '../../src/throughline/server/listen.ts'

/** Sends its client on to what `?to=` says, and answers 503 to a first attempt that is to be repeated. */
export function recordTo(asked: IncomingHttpHeaders[]): RequestListener {
  let attempts = 0
  return (req, res) => {
    asked.push(req.headers)
    const to = new URL(req.url ?? '', 'http://any').searchParams.get('to')
    if (to !== null) res.writeHead(302, { location: to })
    if (req.headers['x-attempts'] !== undefined && attempts++ % 2 === 0) res.statusCode = 503
    req.resume().once('end', () => res.end('{}'))
  }
}

/** A proxy as HTTP has them, and the headers of what opened its tunnels. */
export async function startProxy(t: TestContext) {
  const connects: IncomingHttpHeaders[] = []
  const server = createServer((req, res) => {
    const { method, headers } = req
    const onward = request(req.url ?? '', { method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    req.pipe(onward)
  })
  server.on('connect', (req, socket) => {
    connects.push(req.headers)
    const { hostname, port } = new URL(`http://${req.url}`)
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      pipeline(socket, onward, socket, () => {})
    })
  })
  return { url: `http://127.0.0.1:${await listen(t, server)}`, connects }
}

/** Listens on all loopback addresses, or on a unix socket; the end of the test ends it. */
export async function listen(t: TestContext, server: Server, socket?: string): Promise<number> {
  if (socket === undefined) server.listen(0)
  else server.listen(socket)
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return portOf(server) ?? 0
}
