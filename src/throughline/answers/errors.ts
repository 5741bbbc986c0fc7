import type { IncomingMessage, ServerResponse } from 'node:http'
import { failActiveSpan } from '../identity/active-trace.ts'
import { atServerSpan, runInContextOf } from '../identity/own-context.ts'
import type { Logger } from '../log/lines.ts'
import type { ErrorMiddleware, Middleware } from '../middleware.ts'
import { isGone, isLeaving } from './client-left.ts'
import { addHeaders, clearContent, nameOf, sendError } from './error-answer.ts'
import { headersOf, statusOf } from './error-status.ts'
import { asError, propertyOf } from './thrown.ts'

/** Answers 404 to what no route has answered. */
export const notFound: Middleware = function notFound(req, res) {
  // An answer that has begun is for whoever began it to end, as Express's own final handler has it.
  if (res.headersSent) return
  clearContent(res)
  runInContextOf(req, () => sendError(res, 404))
}

/**
 * Answers what a handler threw or rejected with, which Express 5 forwards by itself, with the status of `statusOf`.
 * From 500 on it is a failure: one `request failed` line, and an ERROR status and an exception event on the span. No
 * detail of the error leaves the server.
 */
export function errorHandler(logger: Logger): ErrorMiddleware {
  // Express tells an error handler by its four parameters.
  return function errorHandler(error, req, res, _next) {
    // `next(error)` may come from a listener that another request set off, or from a span that has ended.
    runInContextOf(req, () => answerError(error, req, res, logger))
  }
}

/** Tells of failures as `errorHandler` does, and leaves the answer to whoever comes next. */
export function failureLog(logger: Logger): ErrorMiddleware {
  return function failureLog(error, req, res, next) {
    runInContextOf(req, () => tell(error, req, res, logger))
    next(error)
  }
}

/**
 * Tells of a failure that no error handler of Express is told of; `req`, Express's own, says whose it is, where it is
 * not current.
 */
export type RecordFailure = (
  error: unknown,
  req?: IncomingMessage & { res?: ServerResponse | undefined },
) => void

/**
 * For what answers failures itself, such as an exception filter of NestJS: a line and, from 500 on, the span's
 * exception, as `errorHandler` has them.
 */
export function failureRecorder(logger: Logger): RecordFailure {
  return function recordFailure(error, req) {
    const record = () => tell(error, req, req?.res, logger)
    if (req === undefined) atServerSpan(record)
    else runInContextOf(req, record)
  }
}

function answerError(
  error: unknown,
  req: IncomingMessage,
  res: ServerResponse,
  logger: Logger,
): void {
  const status = tell(error, req, res, logger)
  // Half an answer cannot be taken back, and a client that has gone reads none.
  if (res.headersSent || isGone(req, res)) {
    res.destroy()
    return
  }
  clearContent(res)
  addHeaders(res, headersOf(error), logger)
  sendError(res, status)
}

/** Says of an error what `request aborted` does not say; gives the status that it means. */
function tell(
  error: unknown,
  req: IncomingMessage | undefined,
  res: ServerResponse | undefined,
  logger: Logger,
): number {
  const status = statusOf(error)
  if (!(req && res && isSaid(error, status, req, res))) say(error, status, logger)
  return status
}

/** Whether `request aborted` says all: the client has gone, and is refused nothing any more. */
function isSaid(
  error: unknown,
  status: number,
  req: IncomingMessage,
  res: ServerResponse,
): boolean {
  return (isGone(req, res) && status < 500) || isLeaving(error, req, res)
}

function say(error: unknown, status: number, logger: Logger): void {
  if (status < 500) {
    logger.warn({ status, reason: reasonOf(error, status) }, 'request refused')
    return
  }
  const err = asError(error)
  logger.error({ err }, 'request failed')
  failActiveSpan(err)
}

/** A word for the line, never the message: a parser's message quotes the body. */
function reasonOf(error: unknown, status: number): string {
  const words = [propertyOf(error, 'type'), propertyOf(error, 'code')]
  return words.find(isWord) ?? nameOf(status)
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value)
}
