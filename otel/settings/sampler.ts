import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'
import type { Head } from '../kept/exported-span.ts'
import type { OtelVariables } from './variables.ts'

/** The sampler that OTEL_TRACES_SAMPLER names, with its ratio from OTEL_TRACES_SAMPLER_ARG. */
export function samplerOf(variables: OtelVariables): Sampler {
  const ratio = variables.OTEL_TRACES_SAMPLER_ARG
  switch (variables.OTEL_TRACES_SAMPLER) {
    case 'always_on':
      return new AlwaysOnSampler()
    case 'always_off':
      return new AlwaysOffSampler()
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio)
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: new AlwaysOnSampler() })
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() })
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) })
  }
}

/** How many traces one that is sampled stands for, by OTEL_TRACES_SAMPLER. */
export function headOf(variables: OtelVariables): Head {
  const name = variables.OTEL_TRACES_SAMPLER
  return {
    oneOf: name.endsWith('ratio') ? 1 / variables.OTEL_TRACES_SAMPLER_ARG : 1,
    isParentBased: name.startsWith('parentbased_'),
  }
}
