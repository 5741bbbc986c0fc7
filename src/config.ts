import { z } from 'zod'
import {
  type Environment,
  httpUrl,
  integer,
  oneOf,
  parseEnvironment,
} from './throughline/settings/environment.ts'

/** Kept back from the shutdown's time for the last lines, in milliseconds. */
export const SHUTDOWN_RESERVE_MS = 500

const DAY_MS = 86_400_000

/** The app's own variables; those of telemetry are in otel/settings/. */
export const appVariables = z
  .object({
    PORT: integer(0, 65535).default(3000),
    HOST: z.string().optional(),
    LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
    DOWNSTREAM_URL: httpUrl().optional(),
    TRACE_UI_URL: httpUrl()
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    SHUTDOWN_TIMEOUT_MS: integer(1000, DAY_MS).default(10_000),
    SHUTDOWN_DRAIN_MS: integer(0, DAY_MS).default(1000),
  })
  .refine((app) => app.SHUTDOWN_DRAIN_MS + SHUTDOWN_RESERVE_MS <= app.SHUTDOWN_TIMEOUT_MS, {
    path: ['SHUTDOWN_DRAIN_MS'],
    error: `at most SHUTDOWN_TIMEOUT_MS less ${SHUTDOWN_RESERVE_MS}`,
  })

/** The app's configuration. */
export interface Config {
  /** Where the app listens; port 0 picks a free one, and no host means all interfaces. */
  port: number
  host: string | undefined
  /** A pino level. */
  logLevel: string
  /** What `/proxy` calls; undefined means the app's own `/echo`. */
  downstreamUrl: string | undefined
  /** The trace UI that `trace_url` points to, without a slash at its end. */
  traceUiUrl: string | undefined
  shutdown: { timeoutMs: number; drainMs: number }
}

/** The configuration in `env`; throws BadEnvironment, which names all bad values together. */
export function readConfig(env: Environment): Config {
  const app = parseEnvironment(appVariables, env)
  return {
    port: app.PORT,
    host: app.HOST,
    logLevel: app.LOG_LEVEL,
    downstreamUrl: app.DOWNSTREAM_URL,
    traceUiUrl: app.TRACE_UI_URL,
    shutdown: { timeoutMs: app.SHUTDOWN_TIMEOUT_MS, drainMs: app.SHUTDOWN_DRAIN_MS },
  }
}
