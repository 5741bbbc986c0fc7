import Router, { type ErrorRequestHandler, type RequestHandler } from 'router'
import { send, sendJson } from '../http/answers.ts'
import { BodyError, readBody } from '../http/body.ts'
import { ownOnly, pagesMaySend } from '../http/guard.ts'
import type { Store } from '../store/store.ts'
import { encodingOf, encodingOfFailure } from './encoding.ts'
import { failureOf } from './failure.ts'
import { type ReceiverLimits, withDefaults } from './receiver-limits.ts'
import { signalsInto } from './signals.ts'

/**
 * OTLP/HTTP, in JSON and in protobuf.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function createReceiver(store: Store, limits: ReceiverLimits = {}): Router.Router {
  const { maxBody, maxPending, held } = withDefaults(limits)
  const router = Router().use(ownOnly(limits), pagesMaySend)
  const signals = signalsInto(store)
  const known = signals.map(({ path }) => path)
  router.post(known, shedLoad(maxPending))
  for (const signal of signals)
    router.post(signal.path, async (request, response) => {
      const encoding = encodingOf(request)
      const { take, giveBack } = held.share()
      response.once('close', giveBack)
      const body = await readBody(request, maxBody, take)
      const taken = signal.take(encoding.read(body, signal, request))
      send(response, 200, encoding.type, encoding.taken(signal, taken))
    })

  const message = `this port takes POST ${known.join(', ')}; the pages are on the UI port`
  router.all(known, (_request, response) => sendJson(response, { message }, 405))
  router.use((_request, response) => sendJson(response, { message }, 404))
  router.use(refused)
  return router
}

/** Says 503 while too many bodies are arriving at once, so that memory stays bounded; exporters retry. */
function shedLoad(maxPending: number): RequestHandler {
  let pending = 0
  return function shedLoad(_request, response, next) {
    if (pending >= maxPending) {
      response.setHeader('Connection', 'close')
      throw new BodyError(503, 'too many requests at once: send this one again')
    }
    pending += 1
    response.once('close', () => {
      pending -= 1
    })
    next()
  }
}

const refused: ErrorRequestHandler = function refused(error: unknown, request, response, next) {
  if (response.headersSent) return next(error)
  const { status, code, message, retryAfter } = failureOf(error)
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter))
  const { type, status: inWords } = encodingOfFailure(request)
  send(response, status, type, inWords(code, message))
}
