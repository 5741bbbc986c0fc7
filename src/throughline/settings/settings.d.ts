import { z } from 'zod'
import { type Environment } from './environment.ts'
import type { Hosts } from './hosts.ts'
/** Kept back from the shutdown's time for the last lines, in milliseconds. */
export declare const SHUTDOWN_RESERVE_MS = 500
/** Which hosts the identities may leave to: read by both halves, for the one and the other. */
export declare const propagateToVariable: z.ZodObject<
  {
    PROPAGATE_TO: z.ZodOptional<
      z.ZodType<Hosts | undefined, unknown, z.core.$ZodTypeInternals<Hosts | undefined, unknown>>
    >
  },
  z.core.$strip
>
/** Our own variables, in whatever app; those of telemetry are in otel/settings/. */
export declare const settingVariables: z.ZodObject<
  {
    PROPAGATE_TO: z.ZodOptional<
      z.ZodType<Hosts | undefined, unknown, z.core.$ZodTypeInternals<Hosts | undefined, unknown>>
    >
    TRACE_UI_URL: z.ZodOptional<
      z.ZodPipe<
        z.ZodType<string, unknown, z.core.$ZodTypeInternals<string, unknown>>,
        z.ZodTransform<string, string>
      >
    >
    SHUTDOWN_TIMEOUT_MS: z.ZodDefault<
      z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
    >
    SHUTDOWN_DRAIN_MS: z.ZodDefault<
      z.ZodType<number, unknown, z.core.$ZodTypeInternals<number, unknown>>
    >
  },
  z.core.$strip
>
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
export declare function readSettings(env: Environment): Settings
/** The trace UI alone, for whoever reads no other setting; undefined too where it is none: the start says so. */
export declare function traceUiUrlOf(env: Environment): string | undefined
/** The hosts alone that the correlation id may leave to; throws BadEnvironment where they are none. */
export declare function propagateToOf(env: Environment): Hosts | undefined
