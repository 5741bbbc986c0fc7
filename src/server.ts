import { once } from 'node:events'
import { createServer } from 'node:http'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { loadEnvFile, readOrExit } from './environment.ts'
import { createLogger } from './logger.ts'
import { propagateCorrelation } from './outbound.ts'
import { shutdownInOrder } from './shutdown.ts'
import { installedTelemetry } from './telemetry.ts'

/** How long a client may take, in milliseconds; checked once a second. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
}

loadEnvFile()
const config = readOrExit(() => readConfig(process.env))
const logger = createLogger({ level: config.logLevel, traceUiUrl: config.traceUiUrl })
const telemetry = installedTelemetry()
telemetry.start(logger)
propagateCorrelation()

const readiness = { ready: true }
const app = createApp({
  logger,
  readiness,
  downstreamUrl: () => config.downstreamUrl ?? `http://127.0.0.1:${port()}/echo`,
  traceUiUrl: config.traceUiUrl,
})
const server = createServer(LIMITS, app)
shutdownInOrder({ server, readiness, logger, telemetry, ...config.shutdown })

server.listen(config.port, config.host)
await once(server, 'listening')
logger.info({ port: port() }, 'listening')

function port(): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : config.port
}
