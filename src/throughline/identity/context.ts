import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context } from '@opentelemetry/api'

/** Where a context keeps its trace: a symbol, so that neither a line nor a message takes it along. */
export const TRACE: unique symbol = Symbol.for('throughline.trace')

/** What the app knows about the request (or job) that is running. */
export interface RequestContext {
  /** The id that travels in `x-correlation-id`. */
  readonly correlationId: string
  /** When it started, in milliseconds since the Unix epoch. */
  readonly startedAt: number
  /** What was active where the request began: its server span, where it is traced. */
  readonly [TRACE]?: Context
}

declare global {
  var throughlineStore: AsyncLocalStorage<RequestContext> | undefined
}

// On globalThis, not in the module: a symlink or a second resolution loads this file twice, and then the log
// mixin would read one store while the middleware fills the other.
globalThis.throughlineStore ??= new AsyncLocalStorage()
const store = globalThis.throughlineStore

/**
 * Runs `fn`, and all that it starts, with `context` as the current one.
 *
 * @example
 * runWithContext({ correlationId: 'abc-123', startedAt: Date.now() }, () => getCorrelationId()) // 'abc-123'
 */
export function runWithContext<T>(context: RequestContext, fn: () => T): T {
  return store.run(context, fn)
}

/** The current context, or undefined outside a request or job. */
export function getContext(): RequestContext | undefined {
  return store.getStore()
}

/** The current correlation id, or undefined outside a request or job. */
export function getCorrelationId(): string | undefined {
  return store.getStore()?.correlationId
}
