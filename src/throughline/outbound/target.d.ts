import type { ClientRequest } from 'node:http'
import type { Target } from '../settings/hosts.ts'
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
export declare function targetOfUndici({ origin, path }: UndiciCall): Target
/** Where a call over node:http(s) goes to that is about to be made. */
export declare function targetOfOptions(call: HttpCall): Target
/** Where a call over node:http(s) goes to that has been made. */
export declare function targetOfRequest(request: ClientRequest): Target
