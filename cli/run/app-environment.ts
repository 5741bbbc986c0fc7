import type { Environment } from '../../src/throughline/settings/environment.ts'
import type { TraceHome } from './trace-home.ts'

const SAYS_WHERE = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
]

/** The first variable by which the environment itself says how traces leave; undefined where none does. */
export function tracesGoElsewhere(env: Environment): string | undefined {
  return SAYS_WHERE.find((name) => isSet(env[name]))
}

/**
 * The environment of an app that a command starts: the caller's own, with traces that go home, and, where the caller
 * does not say otherwise, both at once and without a drain period.
 */
export function appEnvironment(env: Environment, home: TraceHome | undefined): NodeJS.ProcessEnv {
  const defaults = { SHUTDOWN_DRAIN_MS: '0', OTEL_BSP_SCHEDULE_DELAY: '200', ...logVariables(home) }
  const unset = Object.entries(defaults).filter(([name]) => !isSet(env[name]))
  return {
    ...env,
    ...Object.fromEntries(unset),
    ...(home && { TRACE_UI_URL: home.ui, OTEL_EXPORTER_OTLP_ENDPOINT: home.otlp }),
  }
}

/** Log lines to where they can be seen: the viewer, or the spans that Jaeger shows. */
function logVariables(home: TraceHome | undefined): Record<string, string> {
  if (home === undefined) return {}
  if (!home.keepsLogs) return { TRACE_LOG_EVENTS: 'true' }
  return { OTEL_LOGS_EXPORTER: 'otlp', OTEL_BLRP_SCHEDULE_DELAY: '200' }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== ''
}
