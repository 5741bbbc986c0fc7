import type { ClientRequest } from 'node:http'
import { canonicalHost } from '../settings/host-patterns.ts'
import type { Target } from '../settings/hosts.ts'
import type { Http2Target } from './http2-headers.ts'

/** One attempt of a call, as undici publishes it; `path` is a whole URL where it goes to a proxy. */
export interface UndiciCall {
  origin: unknown
  path: unknown
}

/** What a call of node:http is made with, once all its forms are one. */
export interface HttpCall {
  protocol?: string | null | undefined
  hostname?: string | null | undefined
  host?: string | null | undefined
  port?: number | string | null | undefined
  defaultPort?: number | string | undefined
  path?: string | null | undefined
}

/** Where a call over undici or `fetch` goes to; behind a proxy, not the proxy. */
export function targetOfUndici({ origin, path }: UndiciCall): Target {
  return targetInPath(path) ?? targetOfUrl(String(origin))
}

/** Where a call over node:http(s) goes to that is about to be made. */
export function targetOfOptions(call: HttpCall): Target {
  const port = Number(call.port || call.defaultPort || defaultPort(call.protocol ?? 'http:'))
  return targetInPath(call.path) ?? { host: call.hostname || call.host || 'localhost', port }
}

/** Where a call over node:http(s) goes to that has been made. */
export function targetOfRequest(request: ClientRequest): Target {
  return targetInPath(request.path) ?? { host: request.host, port: portOf(request) }
}

/** Where a call over node:http2 goes to. */
export function targetOfAuthority({ scheme, authority = '' }: Http2Target): Target {
  return targetOfUrl(`${scheme}://${authority}`)
}

/** A path that is a whole URL is for a proxy to send on (RFC 9112, section 3.2.2). */
function targetInPath(path: unknown): Target | undefined {
  return typeof path === 'string' && /^https?:\/\//i.test(path) ? targetOfUrl(path) : undefined
}

function targetOfUrl(url: string): Target {
  const parsed = URL.parse(url)
  return { host: parsed?.hostname ?? '', port: parsed === null ? undefined : portIn(parsed) }
}

/**
 * The request tells its host, not its port. Node keeps both under a symbol, and older ones nowhere but in the Host
 * header, which the caller may have set: it is believed where it names the host that is called.
 */
function portOf(request: ClientRequest): number | undefined {
  const authority = authorityOf(request) ?? request.getHeader('host')
  const url = URL.parse(`${request.protocol}//${authority}`)
  const isOfHost = url !== null && canonicalHost(url.hostname) === canonicalHost(request.host)
  return isOfHost ? portIn(url) : undefined
}

function authorityOf(request: ClientRequest): unknown {
  const symbols = Object.getOwnPropertySymbols(request)
  const symbol = symbols.find(({ description }) => description === 'kAuthority')
  return symbol && Reflect.get(request, symbol)
}

function portIn({ protocol, port }: URL): number {
  return Number(port || defaultPort(protocol))
}

function defaultPort(protocol: string): number {
  return protocol === 'https:' ? 443 : 80
}
