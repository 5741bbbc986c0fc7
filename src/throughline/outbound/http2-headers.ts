import type { ClientHttp2Session } from 'node:http2'

/** The headers of a call over node:http2, as its caller gives them; in an array, names and values in turn. */
export type Http2Headers = Parameters<ClientHttp2Session['request']>[0]

/** Whether the caller has set this header, whose name is in lower case. */
export function hasHttp2Header(headers: Http2Headers, name: string): boolean {
  return headerOf(headers, name) !== undefined
}

/** The headers with `more`, by names in lower case, but for those that the caller has set: a copy, never his own. */
export function withHttp2Headers(
  headers: Http2Headers,
  more: Readonly<Record<string, string>>,
): Http2Headers {
  const missing = Object.entries(more).filter(([name]) => !hasHttp2Header(headers, name))
  if (!isArray(headers)) return { ...headers, ...Object.fromEntries(missing) }
  // Under a symbol an array says which of its headers are sensitive.
  const copy: string[] = Object.assign([], headers)
  copy.push(...missing.flat())
  return copy
}

/** Where a call goes to, as the server is told (RFC 9113, section 8.3.1). */
export interface Http2Target {
  scheme: string
  /** With a port where it is not the scheme's own; undefined where nobody can tell it. */
  authority: string | undefined
}

/** Where a call goes to: its pseudo-headers, else what its session adds by itself. */
export function targetOfHttp2(session: ClientHttp2Session, headers: Http2Headers): Http2Target {
  const protocol = underSymbol(session, 'protocol')
  return {
    scheme: headerOf(headers, ':scheme') ?? protocol?.replace(/:$/, '') ?? 'https',
    authority:
      headerOf(headers, ':authority') ??
      headerOf(headers, 'host') ??
      underSymbol(session, 'authority'),
  }
}

/** The first value of a header, whose name is in lower case; undefined where the caller has not set it. */
export function headerOf(headers: Http2Headers, name: string): string | undefined {
  const [, value] = pairs(headers).find(([each, value]) => {
    return value !== undefined && each.toLowerCase() === name
  }) ?? [name, undefined]
  return value === undefined ? undefined : String(value)
}

function pairs(headers: Http2Headers): [name: string, value: unknown][] {
  if (!isArray(headers)) return Object.entries(headers ?? {})
  return headers.flatMap((name, i) => (i % 2 === 0 ? [[name, headers[i + 1]]] : []))
}

function isArray(headers: Http2Headers): headers is readonly string[] {
  return Array.isArray(headers)
}

/** What Node keeps on a session under a symbol of its own. */
function underSymbol(session: ClientHttp2Session, description: string): string | undefined {
  const symbol = Object.getOwnPropertySymbols(session).find(
    (each) => each.description === description,
  )
  const value: unknown = symbol && Reflect.get(session, symbol)
  return typeof value === 'string' ? value : undefined
}
