import { z } from 'zod'
import { type Environment, httpUrl, integer, parseEnvironment } from './environment.ts'

/** Kept back from the shutdown's time for the last lines, in milliseconds. */
export const SHUTDOWN_RESERVE_MS = 500

const DAY_MS = 86_400_000

const uiUrl = () => httpUrl().transform((url) => url.replace(/\/+$/, ''))

/** Our own variables, in whatever app; those of telemetry are in otel/settings/. */
export const settingVariables = z
  .object({
    TRACE_UI_URL: uiUrl().optional(),
    SHUTDOWN_TIMEOUT_MS: integer(1000, DAY_MS).default(10_000),
    SHUTDOWN_DRAIN_MS: integer(0, DAY_MS).default(1000),
  })
  .refine((app) => app.SHUTDOWN_DRAIN_MS + SHUTDOWN_RESERVE_MS <= app.SHUTDOWN_TIMEOUT_MS, {
    path: ['SHUTDOWN_DRAIN_MS'],
    error: `at most SHUTDOWN_TIMEOUT_MS less ${SHUTDOWN_RESERVE_MS}`,
  })

/** What our own variables say. */
export interface Settings {
  /** The trace UI that `trace_url` points to, without a slash at its end. */
  traceUiUrl: string | undefined
  /** From the signal to the exit, in milliseconds. */
  timeoutMs: number
  /** How long it goes on accepting, not ready, in milliseconds. */
  drainMs: number
}

/** The settings in `env`; throws BadEnvironment, which names all bad values together. */
export function readSettings(env: Environment): Settings {
  const { TRACE_UI_URL, SHUTDOWN_TIMEOUT_MS, SHUTDOWN_DRAIN_MS } = parseEnvironment(
    settingVariables,
    env,
  )
  return { traceUiUrl: TRACE_UI_URL, timeoutMs: SHUTDOWN_TIMEOUT_MS, drainMs: SHUTDOWN_DRAIN_MS }
}

/** The trace UI alone, for whoever reads no other setting; undefined too where it is none: the start says so. */
export function traceUiUrlOf(env: Environment): string | undefined {
  return uiUrl().safeParse(env.TRACE_UI_URL).data
}
