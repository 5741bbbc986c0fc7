import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Eta } from 'eta'
import Router, { type ErrorRequestHandler } from 'router'
import { seeOther, sendHtml, sendText } from '../http/answers.ts'
import { publicFiles } from '../http/public-files.ts'
import { queryOf } from '../http/query.ts'
import { searchTraces } from '../store/search.ts'
import type { Store } from '../store/store.ts'
import { sendData } from './data-element.ts'
import { identify } from './identify.ts'
import { listFilter, listPage } from './list-page.ts'
import { spanFacts } from './span-facts.ts'
import { type TracePage, tracePage } from './trace-page.ts'
import type { RowView } from './trace-rows.ts'

const folder = import.meta.dirname
/** A trace that is not there yet is looked for this often, two seconds apart. */
const maxAttempts = 5

/** The pages: the list with its search box, a trace's waterfall, and what scripts fetch into them. */
export function createPages(store: Store): Router.Router {
  const eta = new Eta({ views: join(folder, 'views'), cache: true })
  // By name, since a path is looked up anew for each of thousands of rows.
  eta.loadTemplate('@row', readFileSync(join(folder, 'views', 'row.eta'), 'utf8'))
  const render = (response: ServerResponse, view: string, data: object, status = 200) => {
    const html = eta.render(view, data)
    response.setHeader('Cache-Control', 'no-store')
    sendHtml(response, html, status)
  }
  const rowForScript = (row: RowView) => ({
    html: eta.render('@row', { row }),
    spanId: row.spanId,
    below: row.below,
    ...(row.kind === 'log' && { level: row.level }),
  })
  const renderTrace = async (response: ServerResponse, { allRows, ...shown }: TracePage) => {
    if (!allRows) return render(response, 'trace', shown)
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.write(eta.render('trace', shown))
    await sendData(response, 'all-rows', allRows.map(rowForScript))
  }
  const router = Router()
  router.get('/public/:name', publicFiles(join(folder, 'public')))

  router.get(['/', '/search'], (request, response) => {
    const query = queryOf(request)
    const { q } = query
    const target = typeof q === 'string' ? destination(store, q) : undefined
    if (target) seeOther(response, target)
    else render(response, 'search', { ...listPage(store, query), q })
  })
  router.get('/search/rows', (request, response) => {
    render(response, 'rows', listPage(store, queryOf(request)))
  })
  router.get('/trace/:traceId', (request, response) => {
    const query = queryOf(request)
    const traceId = request.params.traceId.toLowerCase().padStart(32, '0')
    const shown = tracePage(store, traceId, query)
    if (shown.spans > 0) return renderTrace(response, shown)
    const attempt = Math.min(maxAttempts, Math.max(1, Number(query.attempt) || 1))
    const { waterfall } = shown
    render(response, 'missing', { traceId, waterfall, attempt, maxAttempts }, 404)
  })
  router.get('/trace/:traceId/span/:spanId', ({ params }, response) => {
    const facts = spanFacts(store, params.traceId, params.spanId)
    if (facts) render(response, 'facts', { facts })
    else sendText(response, 'this span is not here any more', 404)
  })
  router.use((_request, response) => {
    render(response, 'problem', { title: 'No such page', detail: 'Start at the list.' }, 404)
  })
  router.use(((error, _request, response, next) => {
    if (response.headersSent) return next(error)
    const bad = error instanceof URIError
    const detail = bad
      ? 'The address has a % that means nothing.'
      : 'The viewer could not read its store.'
    if (!bad) console.error(error)
    render(response, 'problem', { title: 'That did not work', detail }, bad ? 400 : 500)
  }) satisfies ErrorRequestHandler)
  return router
}

/** Where what was typed or pasted leads: a trace, or the list of those with one correlation id. */
function destination(store: Store, text: string): string | undefined {
  const found = identify(text)
  if (!found) return undefined
  const trace = (traceId: string, spanId?: string) =>
    `/trace/${traceId}${spanId ? `?uiFind=${spanId}` : ''}`
  if (found.traceId && store.hasTrace(found.traceId)) return trace(found.traceId, found.spanId)
  // Thirty-two hex digits may also be how somebody writes a correlation id.
  const correlationId = found.correlationId ?? found.traceId
  const tags = JSON.stringify({ 'correlation.id': correlationId })
  const same = searchTraces(store, { ...listFilter({ tags }), limit: 2 })
  if (same.length === 1 && same[0]) return trace(same[0].traceId)
  if (same.length === 0 && found.traceId) return trace(found.traceId, found.spanId)
  return `/search?tags=${encodeURIComponent(tags)}`
}
