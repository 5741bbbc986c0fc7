import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from '../log/lines.ts'
import type { ErrorMiddleware, Middleware } from '../middleware.ts'
/** Answers 404 to what no route has answered. */
export declare const notFound: Middleware
/**
 * Answers what a handler threw or rejected with, which Express 5 forwards by itself, with the status of `statusOf`.
 * From 500 on it is a failure: one `request failed` line, and an ERROR status and an exception event on the span. No
 * detail of the error leaves the server.
 */
export declare function errorHandler(logger: Logger): ErrorMiddleware
/** Tells of failures as `errorHandler` does, and leaves the answer to whoever comes next. */
export declare function failureLog(logger: Logger): ErrorMiddleware
/**
 * Tells of a failure that no error handler of Express is told of; `req`, Express's own, says whose it is, where it is
 * not current.
 */
export type RecordFailure = (
  error: unknown,
  req?: IncomingMessage & {
    res?: ServerResponse | undefined
  },
) => void
/**
 * For what answers failures itself, such as an exception filter of NestJS: a line and, from 500 on, the span's
 * exception, as `errorHandler` has them.
 */
export declare function failureRecorder(logger: Logger): RecordFailure
