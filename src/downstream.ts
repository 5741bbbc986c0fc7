import createError from 'http-errors'

/** How long a downstream may take, body included, in milliseconds. */
const TIMEOUT_MS = 5000

/**
 * Calls another service and gives its JSON answer. Both identities leave with the request by themselves.
 *
 * Rejects with an http-errors 502 where the downstream is down, takes longer than 5 s, answers with an error
 * status, or answers something else than JSON; `cause` says which.
 *
 * @example
 * const stock = await callDownstream('http://stock.internal/items/7')
 */
export async function callDownstream(url: string, init: RequestInit = {}): Promise<unknown> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout
  try {
    const response = await fetch(url, { ...init, signal })
    const text = await response.text()
    if (!response.ok) throw new Error(`${new URL(url).origin} answered ${response.status}`)
    return JSON.parse(text)
  } catch (cause) {
    throw createError(502, 'downstream call failed', { cause })
  }
}
