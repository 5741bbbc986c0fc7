import type { IncomingMessage, ServerResponse } from 'node:http'
/** Passes a request on, or what was thrown. */
export type Next = (error?: unknown) => void
/** A middleware of Express 4 and 5, and of a bare server as well. */
export type Middleware = (req: IncomingMessage, res: ServerResponse, next: Next) => void
/** A middleware that takes what was thrown; Express tells it by its four parameters. */
export type ErrorMiddleware = (
  error: unknown,
  req: IncomingMessage,
  res: ServerResponse,
  next: Next,
) => void
