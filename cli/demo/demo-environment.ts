import type { Environment } from '../../src/throughline/settings/environment.ts'
import type { TraceHome } from '../run/trace-home.ts'

export const APP_SERVICE = 'throughline'
export const DOWNSTREAM_SERVICE = 'throughline-downstream'

/** The variables in which the two apps differ. */
export type OwnVariables = Record<'PORT' | 'OTEL_SERVICE_NAME' | 'DOWNSTREAM_URL', string>

/**
 * The environment of one of the demo's two apps: the caller's own but for what would change the show, which is
 * everything of OpenTelemetry's, since all of it is to be seen at once and here, and which hosts the identities may
 * leave to.
 */
export function demoEnvironment(
  env: Environment,
  home: TraceHome,
  own: OwnVariables,
): NodeJS.ProcessEnv {
  // Empty rather than left out: the app would take what is left out from a .env file.
  const theirs = Object.keys(env).filter((name) => name.startsWith('OTEL_'))
  return {
    SHUTDOWN_DRAIN_MS: '0',
    ...env,
    ...Object.fromEntries(theirs.map((name) => [name, ''])),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    LOG_LEVEL_ON_FAILURE: '',
    REDIS_URL: '',
    PROPAGATE_TO: '',
    TRACE_UI_URL: home.ui,
    OTEL_EXPORTER_OTLP_ENDPOINT: home.otlp,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    OTEL_BLRP_SCHEDULE_DELAY: '100',
    OTEL_LOGS_EXPORTER: home.keepsLogs ? 'otlp' : 'none',
    // Jaeger keeps no logs, but shows the events of a span.
    TRACE_LOG_EVENTS: String(!home.keepsLogs),
    ...own,
  }
}
