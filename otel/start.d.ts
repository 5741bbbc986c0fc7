import type { Telemetry } from '../src/throughline/telemetry.ts'
import type { Instrumentation } from './patching/added.ts'
import type { TelemetryVariables } from './settings/variables.ts'
/** Starts the SDK and patches what loads from now on; the lines go to stderr until the app hands over its logger. */
export declare function startTelemetry(
  variables: TelemetryVariables,
  added?: readonly Instrumentation[],
): Telemetry
/** Telemetry that OTEL_SDK_DISABLED turned off; nothing is patched then. */
export declare const disabledTelemetry: Telemetry
