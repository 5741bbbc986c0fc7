import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Context, trace } from '@opentelemetry/api'
import { holdUntilEndOf } from '../log/held/failure.ts'
import type { Logger } from '../log/lines.ts'
import type { Middleware } from '../middleware.ts'
import { spanContextOf, traceparent } from './active-trace.ts'
import { runWithContext, TRACE } from './context.ts'
import { contextOf, giveContext, keepContextOfListeners } from './own-context.ts'
import { serverContext } from './shared-api.ts'

/** The header that carries the correlation id, in and out. */
export const CORRELATION_HEADER = 'x-correlation-id'
/** The span attribute that carries the correlation id. */
export const CORRELATION_ATTRIBUTE = 'correlation.id'

const MAX_LENGTH = 128
const ALLOWED = /^[A-Za-z0-9._:/+=@-]+$/

/**
 * Opens the store for the request: keeps a valid `x-correlation-id`, mints a v4 UUID otherwise, which then stands in
 * the request in place of what was sent. Met again, in an app that is mounted in another, it does nothing.
 */
export function correlation(logger: Pick<Logger, 'warn'>): Middleware {
  keepContextOfListeners()
  return function correlation(req, res, next) {
    if (contextOf(req) !== undefined) return next()
    const sent = req.headers[CORRELATION_HEADER]
    const correlationId = isValid(sent) ? sent : randomUUID()
    const context = serverContext()
    const own = { correlationId, startedAt: Date.now(), [TRACE]: context }
    giveContext(req, res, own)
    holdUntilEndOf(res, own)
    res.setHeader(CORRELATION_HEADER, correlationId)
    joinTrace(res, correlationId, context)

    runWithContext(own, () => {
      if (sent !== undefined && sent !== correlationId) {
        // The value stays out of the line: it is what an attacker would like to see there.
        logger.warn({ reason: refusalOf(req) }, 'x-correlation-id replaced')
        replaceSent(req, correlationId)
      }
      next()
    })
  }
}

/** Names the trace to the client, and the correlation id to the trace. */
function joinTrace(res: ServerResponse, correlationId: string, context: Context): void {
  const span = trace.getSpan(context)
  const spanContext = spanContextOf(span)
  if (spanContext === undefined) return
  res.setHeader('Server-Timing', `traceparent;desc="${traceparent(spanContext)}"`)
  // The server span is older than the store, so no span processor could have set it.
  span?.setAttribute(CORRELATION_ATTRIBUTE, correlationId)
}

/** Wherever the app, or a proxy in it, reads headers: it would use or send on what was refused. */
function replaceSent(req: IncomingMessage, correlationId: string): void {
  req.headers[CORRELATION_HEADER] = correlationId
  req.headersDistinct[CORRELATION_HEADER] = [correlationId]
  const { rawHeaders } = req
  const [first, ...more] = rawHeaders.flatMap((name, i) =>
    i % 2 === 0 && name.toLowerCase() === CORRELATION_HEADER ? [i] : [],
  )
  if (first !== undefined) rawHeaders[first + 1] = correlationId
  for (const place of more.reverse()) rawHeaders.splice(place, 2)
}

/** A header that was sent twice arrives as one, joined by a comma and a space, which no id has. */
function isValid(sent: string | string[] | undefined): sent is string {
  return typeof sent === 'string' && isCorrelationId(sent)
}

/** Whether a text may be a correlation id: 1 to 128 characters from `A-Z a-z 0-9 . _ : / + = @ -`. */
export function isCorrelationId(text: string): boolean {
  return text.length <= MAX_LENGTH && ALLOWED.test(text)
}

function refusalOf(req: IncomingMessage): string {
  const [value = '', ...more] = req.headersDistinct[CORRELATION_HEADER] ?? []
  if (more.length > 0) return 'sent more than once'
  if (value === '') return 'blank'
  if (value.length > MAX_LENGTH) return `longer than ${MAX_LENGTH} characters`
  return 'a character other than A-Z a-z 0-9 . _ : / + = @ -'
}
