import { getCorrelationId } from '../identity/context.ts'
import { CORRELATION_HEADER } from '../identity/correlation.ts'
import type { Hosts } from '../settings/hosts.ts'
import { targetOfHttp2, withHttp2Headers } from './http2-headers.ts'
import { patchHttp2Calls } from './http2-sessions.ts'
import { targetOfAuthority } from './target.ts'

/**
 * From now on each call over node:http2 that is made in a request carries its `x-correlation-id`, to the hosts in `to`
 * by its `:authority`. Returns what leaves node:http2 as it was.
 */
export function carryOnHttp2(to: Hosts | undefined): () => void {
  return patchHttp2Calls((session, headers, send) => {
    const correlationId = getCorrelationId()
    if (correlationId === undefined) return send(headers)
    if (to?.(targetOfAuthority(targetOfHttp2(session, headers))) === false) return send(headers)
    return send(withHttp2Headers(headers, { [CORRELATION_HEADER]: correlationId }))
  })
}
