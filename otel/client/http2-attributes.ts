import type { Attributes } from '@opentelemetry/api'
import {
  type Http2Headers,
  type Http2Target,
  headerOf,
} from '../../src/throughline/outbound/http2-headers.ts'
import { targetOfAuthority } from '../../src/throughline/outbound/target.ts'
import { OTHER } from '../server/server-attributes.ts'

/** The method of a call over node:http2, `_OTHER` where it is none of the `known`; GET where the caller gave none. */
export function methodOf(headers: Http2Headers, known: ReadonlySet<string>): string {
  const method = sentMethod(headers)
  return known.has(method) ? method : OTHER
}

/**
 * What is known of a call before it is made
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span); no query string, which may hold
 * anything.
 */
export function callAttributes(
  headers: Http2Headers,
  method: string,
  target: Http2Target,
): Attributes {
  const { host, port } = targetOfAuthority(target)
  return {
    'http.request.method': method,
    'http.request.method_original': method === OTHER ? sentMethod(headers) : undefined,
    'server.address': host.replace(/^\[(.*)\]$/, '$1'),
    'server.port': port,
    'url.full': urlOf(headers, target),
    'network.protocol.version': '2',
  }
}

function sentMethod(headers: Http2Headers): string {
  return headerOf(headers, ':method') ?? 'GET'
}

/** Neither query nor credentials; a CONNECT has no path. */
function urlOf(headers: Http2Headers, { scheme, authority = '' }: Http2Target): string {
  const [path = ''] = (headerOf(headers, ':path') ?? '/').split(/[?#]/, 1)
  return `${scheme}://${authority.replace(/^.*@/, '')}${path}`
}
