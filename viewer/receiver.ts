import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { z } from 'zod'
import { loopbackOnly } from './guard.ts'
import { decodeLogs, decodeTraces } from './otlp-request.ts'
import type { Store } from './store.ts'

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
export function createReceiver(store: Store, limits: ReceiverLimits = {}): Express {
  const { maxBody = 16 * 1024 * 1024, maxPending = 32 } = limits
  const app = express().disable('x-powered-by').disable('etag')
  const json = [loopbackOnly, jsonOnly, shedLoad(maxPending), express.json({ limit: maxBody })]

  app.post('/v1/traces', json, ((request, response) => {
    const { batches, rejected, reason } = decodeTraces(request.body)
    store.addSpans(batches)
    response.json(partialSuccess('rejectedSpans', rejected, reason))
  }) satisfies RequestHandler)
  app.post('/v1/logs', json, ((request, response) => {
    const { batches, rejected, reason } = decodeLogs(request.body)
    store.addLogs(batches)
    response.json(partialSuccess('rejectedLogRecords', rejected, reason))
  }) satisfies RequestHandler)
  app.post('/v1/metrics', json, ((_request, response) => {
    response.json({ partialSuccess: {} })
  }) satisfies RequestHandler)

  app.use(loopbackOnly, ((request, response) => {
    const known = ['/v1/traces', '/v1/logs', '/v1/metrics']
    const wrongMethod = known.includes(request.path)
    response
      .status(wrongMethod ? 405 : 404)
      .json({ message: `this port takes POST ${known.join(', ')}; the pages are on the UI port` })
  }) satisfies RequestHandler)
  app.use(refused)
  return app
}

const jsonOnly: RequestHandler = function jsonOnly(request, response, next) {
  if (request.is('application/json')) next()
  else
    response.status(415).json({
      message:
        'the viewer takes OTLP as JSON, not protobuf: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json',
    })
}

/** Says 503 while too many bodies are arriving at once, so that memory stays bounded; exporters retry. */
function shedLoad(maxPending: number): RequestHandler {
  let pending = 0
  return function shedLoad(_request, response, next) {
    if (pending >= maxPending) {
      response.status(503).set({ 'Retry-After': '1', Connection: 'close' })
      response.json({ code: 14, message: 'too many requests at once: send this one again' })
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

const httpError = z.object({ status: z.number().int().min(400).max(499), message: z.string() })

/** Answers with OTLP's Status: what the sender did wrong, or 503 where the store failed, to be retried. */
const refused: ErrorRequestHandler = function refused(error, _request, response, next) {
  if (response.headersSent) return next(error)
  const { data: known } = httpError.safeParse(error)
  if (error instanceof z.ZodError)
    response
      .status(400)
      .json({ code: 3, message: `not an OTLP request: ${z.prettifyError(error)}` })
  else if (known) response.status(known.status).json({ code: 3, message: known.message })
  else
    response
      .status(503)
      .set('Retry-After', '5')
      .json({
        code: 14,
        message: `could not store: ${error instanceof Error ? error.message : 'unknown'}`,
      })
}
