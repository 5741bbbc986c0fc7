import type { Server } from 'node:http'
import express, { type Express } from 'express'
import type { Logger } from '../../src/throughline/log/lines.ts'
import { createHttpServer } from '../../src/throughline/server/http-server.ts'
import { throughline } from '../../src/throughline/throughline.ts'

/** The base with our parts in place of its own, as an app has them that follows the README. */
export function ourServer(addRoutes: (app: Express, logger: Logger) => void): Server {
  const { logger, requests, errors, closeInOrder } = throughline()
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(requests)
  app.use(express.json({ limit: '100kb' }))
  addRoutes(app, logger)
  app.use(errors)
  const server = createHttpServer(app, logger)
  closeInOrder(server)
  return server
}
