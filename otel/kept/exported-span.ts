import { TraceFlags } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { Cause } from '../../src/throughline/identity/held-trace.ts'

/** Why a trace is worth keeping: on each span that the head did not sample, else on that of the request or job. */
const KEPT_FOR = 'throughline.kept_for'

/**
 * On the span of a request or job: of how many such it is the one that is exported, as far as that was decided here. A
 * sum of it is an estimate of all that there were.
 */
const ADJUSTED_COUNT = 'throughline.adjusted_count'

/** What the head does with a trace that begins here. */
export interface Head {
  /** Of how many traces it takes one. */
  oneOf: number
  /** Whether it goes by what a caller has decided, where there is a caller. */
  isParentBased: boolean
}

/** Each one of those that failed is exported; of the others those that the head takes. */
export function adjustedCount(
  { parentSpanContext }: ReadableSpan,
  cause: Cause | undefined,
  { isParentBased, oneOf }: Head,
): number | undefined {
  if (cause !== undefined) return 1
  return isParentBased && parentSpanContext !== undefined ? undefined : oneOf
}

/** The span as it is exported: with what is said of it, and as a sampled one, which is all that exporters take. */
export function exportedSpan(
  span: ReadableSpan,
  cause: Cause | undefined,
  count: number | undefined,
): ReadableSpan {
  if (cause === undefined && count === undefined) return span
  const spanContext = { ...span.spanContext(), traceFlags: TraceFlags.SAMPLED }
  const more = {
    ...(cause !== undefined && { [KEPT_FOR]: cause }),
    ...(count !== undefined && { [ADJUSTED_COUNT]: count }),
  }
  return Object.create(span, {
    spanContext: { value: () => spanContext },
    attributes: { value: { ...span.attributes, ...more }, enumerable: true },
  })
}
