// The base with our parts in place of its own; with `--import ./otel/register.ts` in front of it, traced.
import express from 'express'
import { errorHandler, notFound } from '../../src/throughline/answers/errors.ts'
import { correlation } from '../../src/throughline/identity/correlation.ts'
import { createLogger } from '../../src/throughline/log/logger.ts'
import { requestLog } from '../../src/throughline/log/request-log.ts'
import { stdoutLog } from '../../src/throughline/log/stdout-log.ts'
import { propagateCorrelation } from '../../src/throughline/outbound/outbound.ts'
import { createHttpServer } from '../../src/throughline/server/http-server.ts'
import { installedTelemetry } from '../../src/throughline/telemetry.ts'
import { downstreamUrl } from './downstream-url.ts'
import { addRoutes } from './routes.ts'
import { serve } from './serve.ts'

const logger = createLogger({ level: 'info' }, stdoutLog())
installedTelemetry().start(logger)
propagateCorrelation()

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.use(correlation(logger))
app.use(requestLog(logger))
app.use(express.json({ limit: '100kb' }))
addRoutes(app, logger, downstreamUrl())
app.use(notFound)
app.use(errorHandler(logger))

await serve(createHttpServer(app, logger))
