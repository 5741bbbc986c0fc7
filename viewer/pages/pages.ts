import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { type ParsedUrlQuery, parse } from 'node:querystring'
import Router, { type ErrorRequestHandler } from 'router'
import { seeOther, sendHtml, sendJson, sendText } from '../http/answers.ts'
import { BodyError, readBody } from '../http/body.ts'
import { publicFiles } from '../http/public-files.ts'
import { queryOf } from '../http/query.ts'
import type { Store } from '../store/store.ts'
import { destination } from './find/destination.ts'
import { listPage } from './list/list-page.ts'
import { findInTrace } from './trace/find-in-trace.ts'
import { sendRows } from './trace/rows-element.ts'
import { spanFacts } from './trace/span-facts.ts'
import { type TracePage, tracePage } from './trace/trace-page.ts'
import { Views } from './views.ts'

/** Bytes of what is pasted into the find box, of which each may be sent as three, and each of its characters be three. */
const maxForm = 9 * 64 * 1024 + 100

/** The pages: the list with its search box, a trace's waterfall, and what scripts fetch into them. */
export function createPages(store: Store): Router.Router {
  const views = new Views()
  const render = (response: ServerResponse, view: string, data: object, status = 200) => {
    const html = views.render(view, data)
    response.setHeader('Cache-Control', 'no-store')
    sendHtml(response, html, status)
  }
  const renderTrace = async (response: ServerResponse, page: TracePage) => {
    if (page.shown.length === page.rows.length) return render(response, 'trace', page)
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.write(views.render('trace', page))
    // Each is made when it is asked for.
    const all = page.rows
      .values()
      .map((row) => views.render('@row', { ...page, row, selected: undefined }))
    await sendRows(response, all)
  }
  const router = Router()
  router.get('/public/:name', publicFiles(join(import.meta.dirname, 'public')))

  const find = (response: ServerResponse, query: ParsedUrlQuery) => {
    const { q } = query
    const target = typeof q === 'string' ? destination(store, q) : undefined
    if (target) seeOther(response, target)
    else render(response, 'search', { ...listPage(store, query), q })
  }
  router.get(['/', '/search'], (request, response) => find(response, queryOf(request)))
  // What is pasted may be longer than a URL.
  router.post('/find', async (request, response) => {
    const body = await readBody(request, maxForm)
    find(response, { q: parse(body.toString()).q })
  })
  router.get('/search/rows', (request, response) => {
    render(response, 'rows', listPage(store, queryOf(request)))
  })
  router.get('/trace/:traceId', (request, response) => {
    const traceId = request.params.traceId.toLowerCase().padStart(32, '0')
    const page = tracePage(store, traceId, queryOf(request))
    if (page.spans.length > 0) return renderTrace(response, page)
    // Programs are told by the status; to a browser, which would complain of it on its console, the page says the same.
    const status = request.headers['sec-fetch-dest'] === 'document' ? 200 : 404
    render(response, 'missing', page, status)
  })
  router.get('/trace/:traceId/span/:spanId', ({ params }, response) => {
    const facts = spanFacts(store, params.traceId, params.spanId)
    if (facts.length > 0) render(response, 'facts', { facts })
    else sendText(response, 'this span is not here any more', 404)
  })
  router.get('/trace/:traceId/find', (request, response) => {
    const { text } = queryOf(request)
    sendJson(response, findInTrace(store, request.params.traceId, String(text ?? '')))
  })
  router.use((_request, response) => {
    render(response, 'problem', { title: 'No such page', detail: 'Start at the list.' }, 404)
  })
  router.use(((error, _request, response, next) => {
    if (response.headersSent) return next(error)
    const { status, detail } = problemOf(error)
    if (status === 500) console.error(error)
    render(response, 'problem', { title: 'That did not work', detail }, status)
  }) satisfies ErrorRequestHandler)
  return router
}

function problemOf(error: unknown): { status: number; detail: string } {
  if (error instanceof URIError)
    return { status: 400, detail: 'The address has a % that means nothing.' }
  if (error instanceof BodyError)
    return { status: error.status, detail: `What was sent cannot be taken: ${error.message}.` }
  return { status: 500, detail: 'The viewer could not read its store.' }
}
