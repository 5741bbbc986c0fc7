import {
  INVALID_TRACEID,
  type Span,
  type SpanContext,
  SpanStatusCode,
  TraceFlags,
} from '@opentelemetry/api'
import { exceptionOf } from '../answers/thrown.ts'
import { activeSpan } from './shared-api.ts'

/** The span context of the active span, or undefined where nothing is traced. */
export function activeSpanContext(): SpanContext | undefined {
  return spanContextOf(activeSpan())
}

/** The span context of a span, or undefined where it is none of a trace. */
export function spanContextOf(span: Span | undefined): SpanContext | undefined {
  const spanContext = span?.spanContext()
  return spanContext?.traceId === INVALID_TRACEID ? undefined : spanContext
}

/** Whether the trace is sampled, that is, whether a backend will have it. */
export function isSampled(spanContext: SpanContext): boolean {
  return (spanContext.traceFlags & TraceFlags.SAMPLED) !== 0
}

/** The trace flags as two hex digits: `01` sampled, `00` not. */
export function traceFlags(spanContext: SpanContext): string {
  return isSampled(spanContext) ? '01' : '00'
}

/** A `traceparent` value (https://www.w3.org/TR/trace-context/#traceparent-header). */
export function traceparent(spanContext: SpanContext): string {
  return `00-${spanContext.traceId}-${spanContext.spanId}-${traceFlags(spanContext)}`
}

/** Where the trace UI shows the span; undefined without a UI, and for a trace that no UI has: unsampled, and not kept. */
export function traceUrl(
  uiUrl: string | undefined,
  spanContext: SpanContext,
  isKept = false,
): string | undefined {
  if (uiUrl === undefined || !(isSampled(spanContext) || isKept)) return undefined
  return `${uiUrl}/trace/${spanContext.traceId}?uiFind=${spanContext.spanId}`
}

/** Marks the active span as failed. One that has ended, as after an answer that was cut off, takes nothing any more. */
export function failActiveSpan(error: Error): void {
  const span = activeSpan()
  if (span?.isRecording()) failSpan(span, error)
}

/** Marks a span as failed: an exception event with the stack, and status ERROR. */
export function failSpan(span: Span, error: Error): void {
  span.recordException(exceptionOf(error))
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
}
