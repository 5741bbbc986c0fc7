import type { TelemetryVariables } from '../settings/variables.ts'
import type { KeepRules } from './local-trace.ts'

/** What TRACE_KEEP_ERRORS and TRACE_KEEP_SLOWER_MS ask for; undefined where that is nothing. */
export function keepRulesOf(variables: TelemetryVariables): KeepRules | undefined {
  const { TRACE_KEEP_ERRORS: errors, TRACE_KEEP_SLOWER_MS: slowerMs } = variables
  if (!errors && slowerMs === undefined) return undefined
  return { errors, slowerMs: slowerMs ?? Number.POSITIVE_INFINITY }
}
