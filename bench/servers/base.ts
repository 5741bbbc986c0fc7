// What every other variant is measured against: Express, pino and pino-http alone. The peers are this server too, with
// what they are loaded by in front of it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import express from 'express'
import { pino } from 'pino'
import { pinoHttp } from 'pino-http'
import { downstreamUrl } from './downstream-url.ts'
import { addRoutes } from './routes.ts'
import { serve } from './serve.ts'

/** The fields that our completion line has; pino-http's own take all headers. */
const LEAN = {
  wrapSerializers: false,
  serializers: {
    req: ({ method, url }: IncomingMessage) => ({ method, url }),
    res: ({ statusCode }: ServerResponse) => ({ statusCode }),
  },
}

const logger = pino()
const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.use(pinoHttp({ logger, ...(process.env.LEAN_LINES && LEAN) }))
app.use(express.json({ limit: '100kb' }))
addRoutes(app, logger, downstreamUrl())

await serve(createServer(app))
