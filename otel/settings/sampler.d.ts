import { type Sampler } from '@opentelemetry/sdk-trace'
import type { OtelVariables } from './variables.ts'
/** The sampler that OTEL_TRACES_SAMPLER names, with its ratio from OTEL_TRACES_SAMPLER_ARG. */
export declare function samplerOf(variables: OtelVariables): Sampler
