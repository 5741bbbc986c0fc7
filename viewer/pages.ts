import { join } from 'node:path'
import { Eta } from 'eta'
import express, { type ErrorRequestHandler, type Response, Router } from 'express'
import { identify } from './identify.ts'
import { listFilter, listPage } from './list-page.ts'
import { searchTraces } from './search.ts'
import { logLineOf, spanOf } from './span.ts'
import type { Store } from './store.ts'
import { spanFacts, tracePage } from './trace-page.ts'

const folder = import.meta.dirname
/** A trace that is not there yet is looked for this often, two seconds apart. */
const maxAttempts = 5

/** The pages: the list with its search box, a trace's waterfall, and what scripts fetch into them. */
export function createPages(store: Store): Router {
  const eta = new Eta({ views: join(folder, 'views'), cache: true })
  const render = (response: Response, view: string, data: object) =>
    response.set('Cache-Control', 'no-store').type('html').send(eta.render(view, data))
  const router = Router()
  router.use('/public', express.static(join(folder, 'public'), { index: false }))

  router.get(['/', '/search'], ({ query }, response) => {
    const { q } = query
    const target = typeof q === 'string' ? destination(store, q) : undefined
    if (target) response.redirect(303, target)
    else render(response, 'search', { ...listPage(store, query), q })
  })
  router.get('/search/rows', ({ query }, response) => {
    render(response, 'rows', listPage(store, query))
  })
  router.get('/trace/:traceId', ({ params, query }, response) => {
    const traceId = params.traceId.toLowerCase().padStart(32, '0')
    const spans = store.spansOf(traceId).map(spanOf)
    const logs = store.logsOf(traceId).map(logLineOf)
    if (spans.length > 0) {
      render(response, 'trace', tracePage(traceId, spans, logs, query))
      return
    }
    const attempt = Math.min(maxAttempts, Math.max(1, Number(query.attempt) || 1))
    const { rows } = tracePage(traceId, spans, logs, query)
    render(response.status(404), 'missing', { traceId, rows, attempt, maxAttempts })
  })
  router.get('/trace/:traceId/span/:spanId', ({ params }, response) => {
    const { traceId, spanId } = params
    const span = store
      .spansOf(traceId)
      .map(spanOf)
      .find((candidate) => candidate.spanId === spanId)
    const logs = store.logsOf(traceId).map(logLineOf)
    if (span) render(response, 'facts', { facts: spanFacts(span, logs) })
    else response.status(404).type('text').send('this span is not here any more')
  })
  router.use((_request, response) => {
    render(response.status(404), 'problem', { title: 'No such page', detail: 'Start at the list.' })
  })
  router.use(((error, _request, response, next) => {
    if (response.headersSent) return next(error)
    const bad = error instanceof URIError
    const detail = bad
      ? 'The address has a % that means nothing.'
      : 'The viewer could not read its store.'
    if (!bad) console.error(error)
    render(response.status(bad ? 400 : 500), 'problem', { title: 'That did not work', detail })
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
