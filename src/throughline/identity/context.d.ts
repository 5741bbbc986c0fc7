import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context } from '@opentelemetry/api'
/** Where a context keeps its trace: a symbol, so that neither a line nor a message takes it along. */
export declare const TRACE: unique symbol
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
/**
 * Runs `fn`, and all that it starts, with `context` as the current one.
 *
 * @example
 * runWithContext({ correlationId: 'abc-123', startedAt: Date.now() }, () => getCorrelationId()) // 'abc-123'
 */
export declare function runWithContext<T>(context: RequestContext, fn: () => T): T
/** The current context, or undefined outside a request or job. */
export declare function getContext(): RequestContext | undefined
/** The current correlation id, or undefined outside a request or job. */
export declare function getCorrelationId(): string | undefined
