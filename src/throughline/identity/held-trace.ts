import { trace } from '@opentelemetry/api'
import { getContext, TRACE } from './context.ts'
import { activeSpan } from './shared-api.ts'

/** On each span of a trace that may be kept for cause: its part in this process. By a global name, as the SDK's half has it. */
const HELD: unique symbol = Symbol.for('throughline.held')

/** Why a trace was kept that the head did not sample. */
export type Cause = 'error_line' | 'exception' | 'error' | 'slow'

/** The part of a trace that one process has a say in, under one request or job, until that has ended. */
export interface HeldTrace {
  /** Whether the backend gets it, although its flags say no. */
  readonly isKept: boolean
  /** Something in it has failed: it is kept from now on. */
  fail(cause: Cause): void
  /** The request is answered: whether it was slow is decided now. */
  settle(): void
}

/** Puts a span under the trace that decides about it. */
export function hold(span: object, held: HeldTrace): void {
  Reflect.set(span, HELD, held)
}

/** The trace that decides about a span; undefined where nothing is kept for cause. */
export function heldTraceOf(span: object | undefined): HeldTrace | undefined {
  return span === undefined ? undefined : Reflect.get(span, HELD)
}

/** What decides about the active span, or about the request where an instrumentation hides that. */
export function activeHeldTrace(): HeldTrace | undefined {
  const own = getContext()?.[TRACE]
  return heldTraceOf(activeSpan()) ?? (own && heldTraceOf(trace.getSpan(own)))
}
