import { type Sampler, SamplingDecision, type SamplingResult } from '@opentelemetry/sdk-trace'

const RECORD: SamplingResult = { decision: SamplingDecision.RECORD }

/**
 * Records what `head` does not sample, and tells nobody downstream: the flag stays unset
 * (https://opentelemetry.io/docs/specs/otel/trace/sdk/#sampling, RECORD_ONLY).
 */
export function recordAll(head: Sampler): Sampler {
  return {
    shouldSample(...about) {
      const result = head.shouldSample(...about)
      if (result.decision !== SamplingDecision.NOT_RECORD) return result
      const { attributes, traceState } = result
      if (attributes === undefined && traceState === undefined) return RECORD
      return { ...result, decision: SamplingDecision.RECORD }
    },
    toString: () => `RecordAll{${head}}`,
  }
}
