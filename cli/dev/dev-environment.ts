import type { Environment } from '../../src/throughline/settings/environment.ts'
import type { TraceHome } from '../run/trace-home.ts'

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
 * The environment of the app under watch: the caller's own, with a port that stays the same over restarts, traces
 * that go home, and, where the caller does not say otherwise, both at once and without a drain period.
 */
export function devEnvironment(
  env: Environment,
  port: number,
  home: TraceHome | undefined,
): NodeJS.ProcessEnv {
  return {
    ...env,
    PORT: String(port),
    ...unlessSet(env, { SHUTDOWN_DRAIN_MS: '0', OTEL_BSP_SCHEDULE_DELAY: '200' }),
    ...(home && {
      TRACE_UI_URL: home.ui,
      OTEL_EXPORTER_OTLP_ENDPOINT: home.otlp,
      ...unlessSet(env, logVariables(home)),
    }),
  }
}

/** Log lines to where they can be seen: the viewer, or the spans that Jaeger shows. */
function logVariables({ keepsLogs }: TraceHome): Record<string, string> {
  if (!keepsLogs) return { TRACE_LOG_EVENTS: 'true' }
  return { OTEL_LOGS_EXPORTER: 'otlp', OTEL_BLRP_SCHEDULE_DELAY: '200' }
}

function unlessSet(env: Environment, defaults: Record<string, string>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => !isSet(env[name])))
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== ''
}
