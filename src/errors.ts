import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { isHttpError } from 'http-errors'
import type { Logger } from 'pino'
import { failActiveSpan } from './active-trace.ts'
import { getCorrelationId } from './context.ts'
import { runInContextOf } from './own-context.ts'
import { asError } from './thrown.ts'

/** Answers 404 to what no route has answered. */
export const notFound: RequestHandler = function notFound(req, res) {
  runInContextOf(req, () => res.status(404).json(errorBody(404)))
}

/**
 * Answers what a handler threw or rejected with, which Express 5 forwards by itself: the status of an http-errors
 * error, 500 for any other. From 500 on it is a failure: one `request failed` line, and an ERROR status and an
 * exception event on the span. No detail of the error leaves the server.
 */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  return function errorHandler(error: unknown, req, res, _next) {
    // `next(error)` may come from a listener that another request set off, or from a span that has ended.
    runInContextOf(req, () => answerError(error, req, res, logger))
  }
}

function answerError(error: unknown, req: Request, res: Response, logger: Logger): void {
  const status = statusOf(error)
  if (status >= 500) fail(error, logger)
  else logger.warn({ status, reason: reasonOf(error) }, 'request refused')
  // Half an answer cannot be taken back, and a client that has gone reads none.
  if (res.headersSent || req.socket.destroyed) res.destroy()
  else res.status(status).json(errorBody(status))
}

function statusOf(error: unknown): number {
  // A proxy, which is none, may throw at whoever asks what it is.
  if (!Error.isError(error)) return 500
  if (isHttpError(error)) return error.statusCode
  // The router's own, for a path that does not decode: it carries a status.
  return error instanceof URIError && 'status' in error ? 400 : 500
}

function fail(error: unknown, logger: Logger): void {
  const err = asError(error)
  logger.error({ err }, 'request failed')
  failActiveSpan(err)
}

/** A word for the line, never the message: a parser's message quotes the body. */
function reasonOf(error: unknown): string {
  return isHttpError(error) && typeof error.type === 'string' ? error.type : 'bad request'
}

/** What every refusal and failure answers, in the request's context. */
export function errorBody(status: number): object {
  const name = status === 500 ? 'internal' : (STATUS_CODES[status] ?? 'error').toLowerCase()
  return { error: name, correlationId: getCorrelationId() }
}
