import Router, { type ErrorRequestHandler, type RequestHandler } from 'router'
import { sendJson } from '../http/answers.ts'
import { ownOnly, pagesMaySend } from '../http/guard.ts'
import type { Store } from '../store/store.ts'
import { encodingOf, fail } from './encoding.ts'
import { failureOf } from './failure.ts'
import { type ReceiverLimits, withDefaults } from './receiver-limits.ts'
import { signalsInto } from './signals.ts'

/**
 * OTLP/HTTP, in JSON and in protobuf.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function createReceiver(store: Store, limits: ReceiverLimits = {}): Router.Router {
  const { maxBody, maxPending } = withDefaults(limits)
  const router = Router().use(ownOnly(limits), pagesMaySend)
  const signals = signalsInto(store)
  const known = signals.map(({ path }) => path)
  router.post(known, knownEncoding, shedLoad(maxPending))
  for (const signal of signals)
    router.post(signal.path, async (request, response) => {
      const encoding = encodingOf(request)
      const body = await encoding.read(request, signal, maxBody)
      encoding.answer(response, signal, signal.take(body))
    })

  const message = `this port takes POST ${known.join(', ')}; the pages are on the UI port`
  router.all(known, (_request, response) => sendJson(response, { message }, 405))
  router.use((_request, response) => sendJson(response, { message }, 404))
  router.use(refused)
  return router
}

/** Refuses what is none of OTLP's encodings, unread. */
const knownEncoding: RequestHandler = function knownEncoding(request, _response, next) {
  encodingOf(request)
  next()
}

/** Says 503 while too many bodies are arriving at once, so that memory stays bounded; exporters retry. */
function shedLoad(maxPending: number): RequestHandler {
  let pending = 0
  return function shedLoad(_request, response, next) {
    if (pending >= maxPending) {
      response.setHeader('Retry-After', '1').setHeader('Connection', 'close')
      fail(response, 503, 14, 'too many requests at once: send this one again')
      return
    }
    pending += 1
    response.once('close', () => {
      pending -= 1
    })
    next()
  }
}

const refused: ErrorRequestHandler = function refused(error: unknown, _request, response, next) {
  if (response.headersSent) return next(error)
  const { status, code, message } = failureOf(error)
  if (status === 503) response.setHeader('Retry-After', '5')
  fail(response, status, code, message)
}
