import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { remembering } from '../remembering.ts'

/** Where the client sent its request, and where it sent it from, as far as the proxies in between say. */
export interface Origin {
  scheme: 'http' | 'https'
  /** Without the brackets of an IPv6 address. */
  address: string | undefined
  port: number | undefined
  client: string | undefined
}

/**
 * The original scheme, host and client of a request, all from one source, so that they do not contradict each other:
 * `Forwarded` (RFC 7239) where it is there and well formed, else `X-Forwarded-*`; what that leaves out is the
 * connection's and the Host header's
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#setting-serveraddress-and-serverport-attributes).
 * The headers are believed, as OpenTelemetry does: who may reach the server without a proxy may forge them.
 */
export function originOf({ headers, socket }: IncomingMessage): Origin {
  const said = forwarded(headers.forwarded) ?? xForwarded(headers)
  const scheme = schemeOf(said.proto) ?? ('encrypted' in socket ? 'https' : 'http')
  const { address, port } = parseHost(said.host ?? headers.host ?? '')
  // A host that was passed on names its own port; the Host header may name the proxy's way to us.
  const named = said.host === undefined ? (portOf(said.port) ?? port) : (port ?? portOf(said.port))
  return {
    scheme,
    address,
    port: address === undefined ? undefined : (named ?? (scheme === 'https' ? 443 : 80)),
    client: addressOf(said.for) ?? socket.remoteAddress,
  }
}

interface Said {
  for?: string | undefined
  host?: string | undefined
  port?: string | undefined
  proto?: string | undefined
}

/** A pair of the `Forwarded` header, with what parts it from the next (RFC 7239, section 4). */
const PAIR = /[\s,;]*([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*))\s*(?:[,;]|$)/y

/** What the first proxies said, in `Forwarded`; undefined where it is missing or malformed. */
function forwarded(header: string | undefined): Said | undefined {
  if (header === undefined) return undefined
  const said: Record<string, string> = {}
  PAIR.lastIndex = 0
  while (PAIR.lastIndex < header.length) {
    const pair = PAIR.exec(header)
    if (pair === null) return undefined
    const [, name = '', quoted, token = ''] = pair
    said[name.toLowerCase()] ??= quoted?.replace(/\\(.)/g, '$1') ?? token
  }
  return { for: said.for, host: said.host, proto: said.proto }
}

function xForwarded(headers: IncomingHttpHeaders): Said {
  return {
    for: first(headers['x-forwarded-for']),
    host: first(headers['x-forwarded-host']),
    port: first(headers['x-forwarded-port']),
    proto: first(headers['x-forwarded-proto']),
  }
}

/** Each proxy appends what it saw: the first value is the client's. */
function first(values: string | string[] | undefined): string | undefined {
  return values?.toString().split(',', 1)[0]?.trim()
}

/** A scheme that HTTP has: it is an attribute of the metric too, which has to stay of low cardinality. */
function schemeOf(proto: string | undefined): 'http' | 'https' | undefined {
  const scheme = proto?.toLowerCase()
  return scheme === 'http' || scheme === 'https' ? scheme : undefined
}

const HOST = /^(?:\[([\da-f:.]+)\]|([^\s:/[\]]+))(?::(\d+))?$/i

/** A host with its port, if any, as in the Host header (RFC 9110, section 7.2). */
const parseHost = remembering((host: string) => {
  const [, ipv6, name, port] = HOST.exec(host) ?? []
  return { address: ipv6 ?? name, port: portOf(port) }
})

function portOf(port: string | undefined): number | undefined {
  const number = Number(port)
  return number > 0 && number < 65_536 ? number : undefined
}

/** The IP address of a node, without its port; undefined where it is hidden (RFC 7239, section 6). */
function addressOf(node: string | undefined): string | undefined {
  if (node === undefined) return undefined
  const [, ipv6, ipv4] = /^(?:\[([^\]]+)\]|([^:]+))(?::[\w.-]+)?$/.exec(node) ?? []
  const address = ipv6 ?? ipv4 ?? node
  return isIP(address) === 0 ? undefined : address
}
