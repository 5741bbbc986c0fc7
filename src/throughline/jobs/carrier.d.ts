import { type Context } from '@opentelemetry/api'
/**
 * Both identities as a message carries them: `x-correlation-id`, and what the propagators write, by default
 * `traceparent`, `tracestate` and `baggage` (https://www.w3.org/TR/trace-context/, https://www.w3.org/TR/baggage/).
 */
export type Carrier = Record<string, string>
/**
 * The correlation id and the trace context of what is current, as a plain object that JSON takes; empty outside of
 * any request or job.
 *
 * @example
 * runWithContext({ correlationId: 'abc-123', startedAt: Date.now() }, () => toCarrier()) // { 'x-correlation-id': 'abc-123' }
 */
export declare function toCarrier(): Carrier
/** What a carrier has brought. */
export interface Carried {
  correlationId: string | undefined
  /** With the sender's span context and baggage; the root context where there was none. */
  context: Context
  /** Why the carrier, or a part of it, is as good as absent; undefined where all is well. */
  refusal?: string
}
/** Reads a carrier of whoever sent it; never throws. */
export declare function readCarrier(carrier: unknown): Carried
