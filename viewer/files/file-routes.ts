import Router, { type ErrorRequestHandler } from 'router'
import { reasonOf } from '../../src/throughline/answers/reason.ts'
import { seeOther, sendJson, sendText } from '../http/answers.ts'
import { BodyError, readBody } from '../http/body.ts'
import { DiskFull } from '../store/disk.ts'
import type { Store } from '../store/store.ts'
import { openInto } from './open.ts'
import { type OtlpFile, readOtlp } from './read-otlp.ts'
import { savedTrace } from './save.ts'

/** Bytes of a file that is opened, as many as the specification recommends for a request to a receiver. */
const maxFile = 64 * 1024 * 1024

/**
 * - `GET /trace/<trace id>/otlp.json`: the trace with its log lines, as a file to keep;
 * - `POST /open` with such a file: its trace ids, and how much could not be read;
 * - `POST /clear`: the list, empty.
 */
export function createFileRoutes(store: Store): Router.Router {
  const router = Router()
  router.get('/trace/:traceId/otlp.json', ({ params: { traceId } }, response, next) => {
    if (!store.hasTrace(traceId)) return next()
    response.setHeader('Content-Disposition', `attachment; filename="trace-${traceId}.json"`)
    sendJson(response, savedTrace(store, traceId))
  })
  router.post('/open', async (request, response) => {
    let file: OtlpFile
    try {
      file = readOtlp((await readBody(request, maxFile)).toString())
    } catch (error) {
      return sendText(response, reasonOf(error), error instanceof BodyError ? error.status : 400)
    }
    sendJson(response, openInto(store, file))
  })
  router.post('/clear', (_request, response) => {
    store.clear()
    seeOther(response, '/')
  })
  router.use(noRoom)
  return router
}

const noRoom: ErrorRequestHandler = function noRoom(error: unknown, _request, response, next) {
  if (error instanceof DiskFull) sendText(response, error.message, 503)
  else next(error)
}
