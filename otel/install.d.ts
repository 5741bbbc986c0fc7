import type { Instrumentation } from './patching/added.ts'
export interface StartOptions {
  /** More than http, express and undici. */
  instrumentations?: readonly Instrumentation[]
}
/**
 * Starts telemetry as the environment has it, for the app to find; in a module of its own that is loaded first, with
 * `--import`. Bad variables end the process with a line that names them. Does nothing but say so where it was started.
 */
export declare function start({ instrumentations }?: StartOptions): void
