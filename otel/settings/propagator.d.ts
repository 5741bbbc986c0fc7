import type { TextMapPropagator } from '@opentelemetry/api'
import type { TelemetryVariables } from './variables.ts'
/**
 * The propagators that OTEL_PROPAGATORS names, as one; `none` means none at all. Where PROPAGATE_TO is set it injects
 * nothing into the calls to other hosts.
 */
export declare function propagatorOf(variables: TelemetryVariables): TextMapPropagator
