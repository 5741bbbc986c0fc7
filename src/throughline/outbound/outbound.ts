import { AsyncResource } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { ClientRequest } from 'node:http'
import { getCorrelationId } from '../identity/context.ts'
import { CORRELATION_HEADER } from '../identity/correlation.ts'
import { patchOnce } from '../patch-once.ts'
import type { Hosts } from '../settings/hosts.ts'
import { propagateToOf } from '../settings/settings.ts'
import { keepGrpcContexts } from './grpc-contexts.ts'
import { carryOnHttp2 } from './http2-calls.ts'
import { keepFromCopies } from './own-headers.ts'
import { targetOfRequest, targetOfUndici, type UndiciCall } from './target.ts'
import { keepUndiciContexts } from './undici-contexts.ts'

/**
 * From now on every outbound HTTP call made in a request carries its `x-correlation-id`: `fetch`, undici,
 * `node:http`, `node:https` and `node:http2`, whichever way they were imported, with the SDK or without. It leaves to the hosts
 * that `PROPAGATE_TO` names, each attempt and each hop looked at by itself; every host where it is not set. A header
 * that the caller set is left alone, and so is a node:http request whose headers are already on their way when it is
 * created (given as an array, or with `Expect`).
 */
export function propagateCorrelation(to = propagateToOf(process.env)): void {
  const onUndici = (message: unknown) => onUndiciRequest(message, to)
  const onHttp = (message: unknown) => onHttpRequest(message, to)
  patchOnce('outbound', () => {
    const leaveUndici = keepUndiciContexts()
    const leaveHttp2 = carryOnHttp2(to)
    const leaveGrpc = keepGrpcContexts()
    subscribe('undici:request:create', onUndici)
    subscribe('http.client.request.created', onHttp)
    return () => {
      leaveUndici()
      leaveHttp2()
      leaveGrpc()
      unsubscribe('undici:request:create', onUndici)
      unsubscribe('http.client.request.created', onHttp)
    }
  })
}

function onUndiciRequest(message: unknown, to: Hosts | undefined): void {
  const correlationId = getCorrelationId()
  if (correlationId === undefined || !isUndiciMessage(message)) return
  const { request } = message
  if (to?.(targetOfUndici(request)) === false) return
  // addHeader appends, and two values arrive as one, joined by a comma.
  if (!hasHeader(request.headers)) request.addHeader(CORRELATION_HEADER, correlationId)
}

function onHttpRequest(message: unknown, to: Hosts | undefined): void {
  if (!isHttpMessage(message)) return
  const { request } = message
  // The timeout of a connection that is kept alive comes in the context of the call that opened it, and who listens
  // may repeat the call from there.
  request.emit = new AsyncResource('ClientRequest').bind(request.emit)
  const correlationId = getCorrelationId()
  if (correlationId === undefined) return
  if (request.headersSent || request.hasHeader(CORRELATION_HEADER)) return
  if (to?.(targetOfRequest(request)) === false) return
  request.setHeader(CORRELATION_HEADER, correlationId)
  if (to !== undefined) keepFromCopies(request, { [CORRELATION_HEADER]: correlationId })
}

/** undici's request, as it publishes it (undici, docs/docs/api/DiagnosticsChannel.md). */
interface UndiciRequest extends UndiciCall {
  /** Names and values in turn. */
  headers: readonly unknown[]
  addHeader(name: string, value: string): void
}

function isUndiciMessage(message: unknown): message is { request: UndiciRequest } {
  if (typeof message !== 'object' || message === null || !('request' in message)) return false
  const { request } = message
  if (typeof request !== 'object' || request === null) return false
  if (!('origin' in request && 'path' in request && 'addHeader' in request)) return false
  return 'headers' in request && Array.isArray(request.headers)
}

function isHttpMessage(message: unknown): message is { request: ClientRequest } {
  if (typeof message !== 'object' || message === null || !('request' in message)) return false
  return message.request instanceof ClientRequest
}

function hasHeader(headers: readonly unknown[]): boolean {
  return headers.some(
    (name, i) =>
      i % 2 === 0 && typeof name === 'string' && name.toLowerCase() === CORRELATION_HEADER,
  )
}
