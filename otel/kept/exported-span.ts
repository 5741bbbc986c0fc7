import { type Attributes, TraceFlags } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'

/** Why a span was exported that the head did not sample. */
export const KEPT_FOR = 'throughline.kept_for'

/**
 * On the span of a request or job: of how many such it is the one that is exported, as far as that was decided here. A
 * sum of it is an estimate of all that there were.
 */
export const ADJUSTED_COUNT = 'throughline.adjusted_count'

/** The span as it is exported: with these attributes too, and as a sampled one, which is all that exporters take. */
export function exportedSpan(span: ReadableSpan, more: Attributes): ReadableSpan {
  const spanContext = { ...span.spanContext(), traceFlags: TraceFlags.SAMPLED }
  return Object.create(span, {
    spanContext: { value: () => spanContext },
    attributes: { value: { ...span.attributes, ...more }, enumerable: true },
  })
}
