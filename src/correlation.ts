import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { trace } from '@opentelemetry/api'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { activeSpanContext, traceparent } from './active-trace.ts'
import { keepContext, runWithContext } from './context.ts'

/** The header that carries the correlation id, in and out. */
export const CORRELATION_HEADER = 'x-correlation-id'
/** The span attribute that carries the correlation id. */
export const CORRELATION_ATTRIBUTE = 'correlation.id'

const MAX_LENGTH = 128
const ALLOWED = /^[A-Za-z0-9._:/+=@-]+$/

/** Opens the store for the request: keeps a valid `x-correlation-id`, mints a v4 UUID otherwise. */
export function correlation(logger: Logger): RequestHandler {
  return function correlation(req, res, next) {
    const sent = req.headers[CORRELATION_HEADER]
    const kept = isValid(sent)
    const correlationId = kept ? sent : randomUUID()

    runWithContext({ correlationId, startedAt: Date.now() }, () => {
      res.setHeader(CORRELATION_HEADER, correlationId)
      const spanContext = activeSpanContext()
      if (spanContext !== undefined) {
        res.setHeader('Server-Timing', `traceparent;desc="${traceparent(spanContext)}"`)
        // The server span is older than the store, so no span processor could have set it.
        trace.getActiveSpan()?.setAttribute(CORRELATION_ATTRIBUTE, correlationId)
      }
      // A client that leaves ends both from its socket's context; an answer that had to wait for the one before it on
      // the same connection ends from that request's.
      keepContext(req)
      keepContext(res)
      // The value stays out of the line: it is what an attacker would like to see there.
      if (!kept && sent !== undefined)
        logger.warn({ reason: refusalOf(req) }, 'x-correlation-id replaced')
      next()
    })
  }
}

/** A header that was sent twice arrives as one, joined by a comma and a space, which no id has. */
function isValid(sent: string | string[] | undefined): sent is string {
  return typeof sent === 'string' && sent.length <= MAX_LENGTH && ALLOWED.test(sent)
}

function refusalOf(req: IncomingMessage): string {
  const [value = '', ...more] = req.headersDistinct[CORRELATION_HEADER] ?? []
  if (more.length > 0) return 'sent more than once'
  if (value === '') return 'blank'
  if (value.length > MAX_LENGTH) return `longer than ${MAX_LENGTH} characters`
  return 'a character other than A-Z a-z 0-9 . _ : / + = @ -'
}
