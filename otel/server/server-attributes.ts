import type { IncomingMessage } from 'node:http'
import type { Attributes } from '@opentelemetry/api'
import type { Origin } from './origin.ts'

/** The methods of RFC 9110, with PATCH (RFC 5789) and QUERY: what else a client sends is `_OTHER`. */
export const KNOWN_METHODS = [
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'QUERY',
  'TRACE',
]

/** An unknown method, which might be anything (https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/). */
export const OTHER = '_OTHER'

/**
 * What is known of a request when it arrives
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span), but for `url.query`, which may hold
 * anything.
 */
export function requestAttributes(
  req: IncomingMessage,
  method: string,
  origin: Origin,
): Attributes {
  const { headers, socket } = req
  return {
    'http.request.method': method,
    'http.request.method_original': method === OTHER ? req.method : undefined,
    'url.path': pathOf(req.url ?? '/'),
    'url.scheme': origin.scheme,
    'server.address': origin.address,
    'server.port': origin.port,
    'client.address': origin.client,
    'network.peer.address': socket.remoteAddress,
    'network.peer.port': socket.remotePort,
    'network.protocol.version': req.httpVersion,
    'user_agent.original': headers['user-agent'],
  }
}

/** The path of a request target (RFC 9112, section 3.2): of its absolute form what follows the authority. */
function pathOf(target: string): string {
  const end = target.search(/[?#]/)
  const path = end === -1 ? target : target.slice(0, end)
  if (path.startsWith('/')) return path
  return path.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '') || '/'
}
