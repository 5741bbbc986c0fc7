import {
  loadEnvFile,
  parseEnvironment,
  readOrExit,
} from '../src/throughline/settings/environment.ts'
import { installTelemetry } from '../src/throughline/telemetry.ts'
import type { Instrumentation } from './patching/added.ts'
import { checkNodeVersion } from './settings/node-version.ts'
import { otelVariables } from './settings/variables.ts'
import { disabledTelemetry, startTelemetry } from './start.ts'

export interface StartOptions {
  /** More than http, express and undici. */
  instrumentations?: readonly Instrumentation[]
}

/**
 * Starts telemetry as the environment has it, for the app to find; in a module of its own that is loaded first, with
 * `--import`. Bad variables end the process with a line that names them. Does nothing but say so where it was started.
 */
export function start({ instrumentations = [] }: StartOptions = {}): void {
  if (globalThis.throughlineTelemetry !== undefined) {
    process.stderr.write('Telemetry was started already: one --import is enough.\n')
    return
  }
  loadEnvFile()
  // Not the app's own variables: loaded into another app, PORT and LOG_LEVEL are that app's.
  const variables = readOrExit(() => {
    checkNodeVersion()
    return parseEnvironment(otelVariables, process.env)
  })
  installTelemetry(
    variables.OTEL_SDK_DISABLED ? disabledTelemetry : startTelemetry(variables, instrumentations),
  )
}
