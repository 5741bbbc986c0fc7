import Router, { type ErrorRequestHandler, type RequestHandler } from 'router'
import { z } from 'zod'
import { sendJson } from '../http/answers.ts'
import { BodyError } from '../http/body.ts'
import { loopbackOnly, pagesMaySend } from '../http/guard.ts'
import { isJson, readJson } from '../http/json-body.ts'
import type { Store } from '../store/store.ts'
import { decodeLogs, decodeTraces } from './otlp-request.ts'

export interface ReceiverLimits {
  /** Bytes of one request, after decompression. */
  maxBody?: number
  /** Requests whose body is still arriving; a batch exporter has one at a time. */
  maxPending?: number
}

/**
 * OTLP/HTTP in its JSON encoding: /v1/traces and /v1/logs into the store, /v1/metrics into nothing.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function createReceiver(store: Store, limits: ReceiverLimits = {}): Router.Router {
  const { maxBody = 16 * 1024 * 1024, maxPending = 32 } = limits
  const router = Router().use(loopbackOnly, pagesMaySend)
  const accepted = [jsonOnly, shedLoad(maxPending)]

  router.post('/v1/traces', accepted, async (request, response) => {
    const { batches, rejected, reason } = decodeTraces(await readJson(request, maxBody))
    const crowded = store.addSpans(batches)
    const why = reason ?? 'too many different spans have one id'
    sendJson(response, partialSuccess('rejectedSpans', rejected + crowded, why))
  })
  router.post('/v1/logs', accepted, async (request, response) => {
    const { batches, rejected, reason } = decodeLogs(await readJson(request, maxBody))
    store.addLogs(batches)
    sendJson(response, partialSuccess('rejectedLogRecords', rejected, reason))
  })
  router.post('/v1/metrics', accepted, async (request, response) => {
    await readJson(request, maxBody)
    sendJson(response, { partialSuccess: {} })
  })

  const known = ['/v1/traces', '/v1/logs', '/v1/metrics']
  const message = `this port takes POST ${known.join(', ')}; the pages are on the UI port`
  router.all(known, (_request, response) => sendJson(response, { message }, 405))
  router.use((_request, response) => sendJson(response, { message }, 404))
  router.use(refused)
  return router
}

const jsonOnly: RequestHandler = function jsonOnly(request, response, next) {
  if (isJson(request)) next()
  else {
    const message =
      'the viewer takes OTLP as JSON, not protobuf: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json'
    sendJson(response, { message }, 415)
  }
}

/** Says 503 while too many bodies are arriving at once, so that memory stays bounded; exporters retry. */
function shedLoad(maxPending: number): RequestHandler {
  let pending = 0
  return function shedLoad(_request, response, next) {
    if (pending >= maxPending) {
      response.setHeader('Retry-After', '1').setHeader('Connection', 'close')
      const message = 'too many requests at once: send this one again'
      sendJson(response, { code: 14, message }, 503)
      return
    }
    pending += 1
    response.once('close', () => {
      pending -= 1
    })
    next()
  }
}

function partialSuccess(counter: string, rejected: number, reason: string | undefined) {
  // An int64 is a string in protobuf's JSON.
  return { partialSuccess: rejected ? { [counter]: String(rejected), errorMessage: reason } : {} }
}

/** Answers with OTLP's Status: what the sender did wrong, or 503 where the store failed, to be retried. */
const refused: ErrorRequestHandler = function refused(error: unknown, _request, response, next) {
  if (response.headersSent) return next(error)
  if (error instanceof z.ZodError) {
    const message = `not an OTLP request: ${z.prettifyError(error)}`
    sendJson(response, { code: 3, message }, 400)
  } else if (error instanceof BodyError) {
    sendJson(response, { code: 3, message: error.message }, error.status)
  } else {
    const message = `could not store: ${error instanceof Error ? error.message : 'unknown'}`
    response.setHeader('Retry-After', '5')
    sendJson(response, { code: 14, message }, 503)
  }
}
