import { createServer, type RequestListener, type Server } from 'node:http'
import type { Logger } from '../log/lines.ts'
import { answerClientErrors } from './client-errors.ts'
import { REFUSED_HERE, refuseBefore, takeUnasked } from './refusals.ts'

/** How long a client may take, in milliseconds; checked once a second. */
export const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
}

/** The server around the app: it bounds how long a client may take, and answers what Node itself would. */
export function createHttpServer(app: RequestListener, logger: Logger, limits = LIMITS): Server {
  const server = createServer({ ...limits, ...REFUSED_HERE }, refuseBefore(app, logger))
  takeUnasked(server)
  answerClientErrors(server, logger)
  return server
}
