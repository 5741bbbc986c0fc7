// Loaded first: `node --import ./otel/register.ts src/server.ts`.
import {
  loadEnvFile,
  parseEnvironment,
  readOrExit,
} from '../src/throughline/settings/environment.ts'
import { installTelemetry } from '../src/throughline/telemetry.ts'
import { otelVariables } from './settings/variables.ts'
import { disabledTelemetry, startTelemetry } from './start.ts'

loadEnvFile()
// Not the app's own variables: loaded into another app, PORT and LOG_LEVEL are that app's.
const variables = readOrExit(() => parseEnvironment(otelVariables, process.env))
installTelemetry(variables.OTEL_SDK_DISABLED ? disabledTelemetry : startTelemetry(variables))
