// Loaded first: `node --import ./otel/register.ts src/server.ts`.
import { appVariables } from '../src/config.ts'
import { loadEnvFile, parseEnvironment, readOrExit } from '../src/environment.ts'
import { installTelemetry } from '../src/telemetry.ts'
import { disabledTelemetry, startTelemetry } from './start.ts'
import { otelVariables } from './variables.ts'

loadEnvFile()
// The app's variables too, so that a start with several bad ones names them all.
const variables = readOrExit(() => parseEnvironment(appVariables.and(otelVariables), process.env))
installTelemetry(variables.OTEL_SDK_DISABLED ? disabledTelemetry : startTelemetry(variables))
