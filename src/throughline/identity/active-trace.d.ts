import { type Span, type SpanContext } from '@opentelemetry/api'
/** The span context of the active span, or undefined where nothing is traced. */
export declare function activeSpanContext(): SpanContext | undefined
/** The span context of a span, or undefined where it is none of a trace. */
export declare function spanContextOf(span: Span | undefined): SpanContext | undefined
/** Whether the trace is sampled, that is, whether a backend will have it. */
export declare function isSampled(spanContext: SpanContext): boolean
/** The trace flags as two hex digits: `01` sampled, `00` not. */
export declare function traceFlags(spanContext: SpanContext): string
/** A `traceparent` value (https://www.w3.org/TR/trace-context/#traceparent-header). */
export declare function traceparent(spanContext: SpanContext): string
/** Where the trace UI shows the span; undefined without a UI, and for an unsampled trace, which no UI has. */
export declare function traceUrl(
  uiUrl: string | undefined,
  spanContext: SpanContext,
): string | undefined
/**
 * Marks the active span as failed: an exception event with the stack, and status ERROR. One that has ended, as after
 * an answer that was cut off, takes nothing any more.
 */
export declare function failActiveSpan(error: Error): void
