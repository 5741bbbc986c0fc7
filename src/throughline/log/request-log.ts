import type { IncomingMessage, ServerResponse } from 'node:http'
import { type HttpLogger, pinoHttp } from 'pino-http'
import { activeHeldTrace } from '../identity/held-trace.ts'
import type { Middleware } from '../middleware.ts'
import { LINKED } from './identities.ts'
import type { Logger } from './lines.ts'
import { isPino, NOT_PINO } from './pino-symbols.ts'

// By a global name, since a second copy of this module, or another build of it, meets the same requests.
const LOGGED: unique symbol = Symbol.for('throughline.logged')

/**
 * One line a request when its response is over: `request completed`, or `request aborted` when the client left; one
 * also where it is met again, in an app that is mounted in another. Throws a TypeError where the logger is not pino's.
 */
export function requestLog(logger: Logger): Middleware {
  const log = completionLog(logger)
  return function requestLog(req: IncomingMessage & { [LOGGED]?: true }, res, next) {
    if (req[LOGGED]) return next()
    req[LOGGED] = true
    log(req, res, next)
  }
}

function completionLog(logger: Logger): HttpLogger {
  if (!isPino(logger)) throw new TypeError(NOT_PINO)
  const outcome = ({ res, responseTime }: Outcome) => {
    decide(res)
    return { res, responseTime, [LINKED]: true }
  }
  const message = (_req: IncomingMessage, res: ServerResponse) =>
    isAborted(res) ? 'request aborted' : 'request completed'
  return pinoHttp({
    logger,
    genReqId: (req) => req.id ?? '',
    wrapSerializers: false,
    serializers: { req: serializeRequest, res: serializeResponse },
    customLogLevel: (_req, res) => (isAborted(res) || res.statusCode >= 500 ? 'warn' : 'info'),
    customSuccessMessage: message,
    customErrorMessage: message,
    customSuccessObject: (_req, _res, fields: Outcome) => outcome(fields),
    // Without `err`: the error stands once, on `request failed`.
    customErrorObject: (_req, _res, _error, fields: Outcome) => outcome(fields),
  })
}

interface Outcome {
  res: ServerResponse
  responseTime: number
}

/** Whether the trace is kept is known before the line, which links to it then, and not only when the span ends. */
function decide(res: ServerResponse): void {
  const held = activeHeldTrace()
  if (held === undefined) return
  if (res.statusCode >= 500) held.fail('error')
  held.settle()
}

function isAborted(res: ServerResponse): boolean {
  return !res.writableFinished
}

function serializeRequest(req: IncomingMessage & { originalUrl?: string }): object {
  return { method: req.method, url: pathOf(req.originalUrl ?? req.url ?? '') }
}

function serializeResponse(res: ServerResponse): object {
  return { statusCode: res.headersSent ? res.statusCode : null }
}

/** The path of a request target (RFC 9112, section 3.2), without the query string, which may hold secrets. */
function pathOf(target: string): string {
  const path = target.split('?', 1)[0] ?? ''
  return path.startsWith('/') ? path : path.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '')
}
