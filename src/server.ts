import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { shutdownInOrder } from './throughline/ending/shutdown.ts'
import { createLogger } from './throughline/log/logger.ts'
import { stdoutLog } from './throughline/log/stdout-log.ts'
import { propagateCorrelation } from './throughline/outbound/outbound.ts'
import { createHttpServer } from './throughline/server/http-server.ts'
import { listen, portOf } from './throughline/server/listen.ts'
import { loadEnvFile, readOrExit } from './throughline/settings/environment.ts'
import { installedTelemetry } from './throughline/telemetry.ts'

loadEnvFile()
const config = readOrExit(() => readConfig(process.env))
const log = stdoutLog()
const logger = createLogger({ level: config.logLevel, traceUiUrl: config.traceUiUrl }, log)
const telemetry = installedTelemetry()
telemetry.start(logger)
propagateCorrelation()

const readiness = { ready: true }
const app = createApp({
  logger,
  readiness,
  downstreamUrl: () => config.downstreamUrl ?? `http://127.0.0.1:${portOf(server)}/echo`,
})
const server = createHttpServer(app, logger)
shutdownInOrder({ server, readiness, logger, log, telemetry, ...config.shutdown })

try {
  logger.info({ port: await listen(server, config.port, config.host) }, 'listening')
} catch (err) {
  logger.fatal(err instanceof Error ? err.message : String(err))
  process.exit(1)
}
