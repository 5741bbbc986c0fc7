import type { IncomingMessage } from 'node:http'
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
export declare function originOf({ headers, socket }: IncomingMessage): Origin
