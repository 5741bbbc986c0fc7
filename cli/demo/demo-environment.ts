import type { Environment } from '../../src/throughline/settings/environment.ts'
import { appEnvironment } from '../run/app-environment.ts'
import type { TraceHome } from '../run/trace-home.ts'

export const APP_SERVICE = 'throughline'
export const DOWNSTREAM_SERVICE = 'throughline-downstream'

/** The variables in which the two apps differ. */
export type OwnVariables = Record<'PORT' | 'OTEL_SERVICE_NAME' | 'DOWNSTREAM_URL', string>

/** Emptied, beside all of OpenTelemetry's: the identities leave to all hosts, and all of them is seen at once and here. */
const EMPTY = ['LOG_LEVEL_ON_FAILURE', 'REDIS_URL', 'PROPAGATE_TO', 'TRACE_LOG_EVENTS']

/** The environment of one of the demo's two apps: the caller's own but for what would change the show. */
export function demoEnvironment(
  env: Environment,
  home: TraceHome,
  own: OwnVariables,
): NodeJS.ProcessEnv {
  // Empty rather than left out: the app would take what is left out from a .env file.
  const emptied = [...EMPTY, ...Object.keys(env).filter((name) => name.startsWith('OTEL_'))]
  const theirs = { ...env, ...Object.fromEntries(emptied.map((name) => [name, ''])) }
  return appEnvironment({ ...theirs, HOST: '127.0.0.1', LOG_LEVEL: 'info', ...own }, home)
}
