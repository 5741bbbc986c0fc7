import { type RequestListener, type Server } from 'node:http'
import type { Logger } from '../log/lines.ts'
/** How long a client may take, in milliseconds; checked once a second. */
export declare const LIMITS: {
  headersTimeout: number
  requestTimeout: number
  keepAliveTimeout: number
  connectionsCheckingInterval: number
}
/** The server around the app: it bounds how long a client may take, and answers what Node itself would. */
export declare function createHttpServer(
  app: RequestListener,
  logger: Logger,
  limits?: {
    headersTimeout: number
    requestTimeout: number
    keepAliveTimeout: number
    connectionsCheckingInterval: number
  },
): Server
