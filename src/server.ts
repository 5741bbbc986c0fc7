import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { loadEnvFile, readOrExit } from './environment.ts'
import { createHttpServer } from './http-server.ts'
import { listen, portOf } from './listen.ts'
import { createLogger } from './logger.ts'
import { propagateCorrelation } from './outbound.ts'
import { shutdownInOrder } from './shutdown.ts'
import { stdoutLog } from './stdout-log.ts'
import { installedTelemetry } from './telemetry.ts'

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
