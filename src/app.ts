import express, { type Express, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import { boom } from './routes/boom.ts'
import { echo } from './routes/echo.ts'
import { proxy } from './routes/proxy.ts'
import { work } from './routes/work.ts'
import { errorHandler, notFound } from './throughline/answers/errors.ts'
import { health, type Readiness } from './throughline/answers/health.ts'
import { correlation } from './throughline/identity/correlation.ts'
import { requestLog } from './throughline/log/request-log.ts'

export interface AppOptions {
  logger: Logger
  readiness: Readiness
  /** What `/proxy` calls; asked for each time, since the app's own port is known only once it listens. */
  downstreamUrl: () => string
  /** More routes, behind the same middleware and in front of the same error handling. */
  routes?: RequestHandler[]
}

/** The app, apart from listening: its middleware in order, then its routes. */
export function createApp(options: AppOptions): Express {
  const { logger, readiness, downstreamUrl, routes = [] } = options
  const app = express()
  app.disable('x-powered-by')
  // A hash of each answer, for answers that are never the same twice.
  app.disable('etag')
  app.use(health(readiness))
  app.use(correlation(logger))
  app.use(requestLog(logger))
  app.use(express.json({ limit: '100kb' }))

  app.use(work(logger), boom(), proxy(downstreamUrl), echo(), ...routes)

  app.use(notFound)
  app.use(errorHandler(logger))
  return app
}
