import type { TelemetryVariables } from '../settings/variables.ts'
import type { KeepRules } from './local-trace.ts'

/** What TRACE_KEEP_ERRORS and TRACE_KEEP_SLOWER_MS ask for; undefined where that is nothing, or no traces are exported. */
export function keepRulesOf(variables: TelemetryVariables): KeepRules | undefined {
  const { TRACE_KEEP_ERRORS: errors, TRACE_KEEP_SLOWER_MS: slowerMs } = variables
  const isAsked = variables.OTEL_TRACES_EXPORTER && (errors || slowerMs !== undefined)
  return isAsked ? { errors, slowerMs } : undefined
}
