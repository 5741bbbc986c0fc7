import { z } from 'zod'
import { type Environment, integer, logLevel, parseEnvironment, traceUiUrl } from './environment.ts'
import { hostPatterns } from './host-patterns.ts'
import type { Hosts } from './hosts.ts'

/** Kept back from the shutdown's time for the last lines, in milliseconds. */
export const SHUTDOWN_RESERVE_MS = 500

const DAY_MS = 86_400_000

/** Which hosts the identities may leave to: read by both halves, for the one and the other. */
export const propagateToVariable = z.object({ PROPAGATE_TO: hostPatterns().optional() })

/** Our own variables, in whatever app; those of telemetry are in otel/settings/. */
export const settingVariables = z
  .object({
    TRACE_UI_URL: traceUiUrl().optional(),
    LOG_LEVEL_ON_FAILURE: logLevel().optional(),
    ...propagateToVariable.shape,
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
  /** The hosts that the correlation id may leave to; undefined means every host. */
  propagateTo: Hosts | undefined
}

/** The settings in `env`; throws BadEnvironment, which names all bad values together. */
export function readSettings(env: Environment): Settings {
  const read = parseEnvironment(settingVariables, env)
  return {
    traceUiUrl: read.TRACE_UI_URL,
    timeoutMs: read.SHUTDOWN_TIMEOUT_MS,
    drainMs: read.SHUTDOWN_DRAIN_MS,
    propagateTo: read.PROPAGATE_TO,
  }
}

/** The trace UI alone, for whoever reads no other setting; undefined too where it is none: the start says so. */
export function traceUiUrlOf(env: Environment): string | undefined {
  return traceUiUrl().safeParse(env.TRACE_UI_URL).data
}

/** The level alone down to which lines are written for requests that fail; undefined too where it is none. */
export function levelOnFailureOf(env: Environment): string | undefined {
  return logLevel().safeParse(env.LOG_LEVEL_ON_FAILURE).data
}

/** The hosts alone that the correlation id may leave to; throws BadEnvironment where they are none. */
export function propagateToOf(env: Environment): Hosts | undefined {
  return parseEnvironment(propagateToVariable, env).PROPAGATE_TO
}
