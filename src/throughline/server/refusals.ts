import { type IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http'
import { sendError } from '../answers/error-answer.ts'
import { isHealthCheck } from '../answers/health.ts'
import { isOnlooker } from '../ending/upgraded-sockets.ts'
import { correlation } from '../identity/correlation.ts'
import type { Logger } from '../log/lines.ts'

/** What createServer needs, so that these requests arrive here. */
export const REFUSED_HERE = { requireHostHeader: false }

interface Refusal {
  status: number
  reason: string
}

/** Requests that expect what no server gives; Node has an event of its own for them. */
const unmet = new WeakSet<IncomingMessage>()

/** `app` behind what Node refuses by itself, without an id and a line: here they have both. */
export function refuseBefore(app: RequestListener, logger: Logger): RequestListener {
  const correlate = correlation(logger)
  return function refuseBefore(req, res) {
    const refusal = refusalOf(req)
    if (refusal === undefined || isHealthCheck(req)) return app(req, res)
    correlate(req, res, () => {
      logger.warn(refusal, 'request refused')
      // Whether a body follows is for the client to know.
      res.setHeader('Connection', 'close')
      sendError(res, refusal.status)
    })
  }
}

/** Makes requests like any other of what Node answers, or cuts off, before there is one. */
export function takeUnasked(server: Server): void {
  server.on('checkExpectation', (req, res) => {
    unmet.add(req)
    server.emit('request', req, res)
  })
  server.on('connect', function refuse(req) {
    // A proxy has a listener of its own.
    if (server.listeners('connect').some((each) => each !== refuse && !isOnlooker(each))) return
    // Node has let go of the socket: its errors are for whoever takes it.
    req.socket.on('error', () => req.socket.destroy())
    const res = new ServerResponse(req)
    res.assignSocket(req.socket)
    res.on('finish', () => req.socket.destroySoon())
    server.emit('request', req, res)
  })
}

/** HTTP/1.1 needs a Host (RFC 9112, section 3.2); an Expect may be unmet, and CONNECT is for proxies (RFC 9110). */
function refusalOf(req: IncomingMessage): Refusal | undefined {
  const { headers } = req
  if (headers.host === undefined && req.httpVersion === '1.1')
    return { status: 400, reason: 'no Host header' }
  if (headers.expect !== undefined && unmet.has(req))
    return { status: 417, reason: 'unknown expectation' }
  if (req.method === 'CONNECT')
    return { status: 501, reason: 'CONNECT to a server that is no proxy' }
  return undefined
}
