import type { ParsedUrlQuery } from 'node:querystring'
import Router, { type ErrorRequestHandler } from 'router'
import { z } from 'zod'
import { resourceSpans } from '../files/save.ts'
import { sendJson } from '../http/answers.ts'
import { queryOf } from '../http/query.ts'
import type { OtlpSpan, Stored } from '../receiver/otlp.ts'
import { operationsOf, searchTraces, type TraceQuery } from '../store/search.ts'
import type { Store } from '../store/store.ts'
import type { TraceSummary } from '../store/summaries.ts'
import { parseGoDuration } from './duration.ts'
import { createOwnApi } from './own-api.ts'
import { QueryError, traceIdOf } from './query-error.ts'

/** Jaeger's query API, version 3, as Jaeger 2.20 answers it, and beside it our own. */
export function createQueryApi(store: Store): Router.Router {
  const router = Router()
  router.get('/api/v3/services', (_request, response) => {
    sendJson(response, { services: store.origins.services() })
  })
  router.get('/api/v3/operations', (request, response) => {
    const { service, span_kind: kind } = queryOf(request)
    const operations = operationsOf(store, text.parse(service), text.parse(kind) || undefined)
    sendJson(response, { operations })
  })
  router.get('/api/v3/traces/:traceId', ({ params }, response) => {
    sendJson(response, traceResult(store.spansOf(traceIdOf(params.traceId))))
  })
  router.get('/api/v3/traces', (request, response) => {
    const found = searchTraces(store, traceQuery(queryOf(request)))
    sendJson(response, traceResult(found.flatMap(({ traceId }) => store.spansOf(traceId))))
  })
  router.get('/api/v3/trace-summaries', (request, response) => {
    const found = searchTraces(store, traceQuery(queryOf(request)))
    sendJson(response, { summaries: found.map(summaryResult) })
  })
  router.use(createOwnApi(store))
  router.use('/api', (request) => {
    throw new QueryError(404, `no such path: ${request.originalUrl.split('?')[0]}`)
  })
  router.use('/api', failed)
  return router
}

/** One that is given many times is none. */
const text = z.string().catch('')

/** Reads Jaeger's `query.` parameters; throws a QueryError that names the one that is wrong. */
function traceQuery(query: ParsedUrlQuery): TraceQuery {
  const parameter = <T>(name: string, parse: (text: string) => T): T | undefined => {
    const text = query[`query.${name}`]
    if (text === undefined || text === '') return undefined
    try {
      if (typeof text === 'string') return parse(text)
    } catch (error) {
      const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
      throw new QueryError(400, `malformed parameter query.${name}: ${reason}`)
    }
    throw new QueryError(400, `malformed parameter query.${name}: given more than once`)
  }
  const startMin = parameter('startTimeMin', parseTime)
  const startMax = parameter('startTimeMax', parseTime)
  if (startMin === undefined || startMax === undefined)
    throw new QueryError(400, 'query.startTimeMin and query.startTimeMax are required')
  if (startMin > startMax)
    throw new QueryError(400, 'query.startTimeMin must be before query.startTimeMax')
  const limit = parameter('searchDepth', (text) => z.coerce.number().int().parse(text)) ?? 100
  if (limit < 1 || limit > 10_000)
    throw new QueryError(500, 'search depth must be greater than 0 and less than max traces')
  return {
    service: parameter('serviceName', String),
    operation: parameter('operationName', String),
    startMin,
    startMax,
    durationMin: parameter('durationMin', parseGoDuration),
    durationMax: parameter('durationMax', parseGoDuration),
    attributes: parameter('attributes', parseAttributes),
    limit,
  }
}

/** A JSON object of strings, as a query has it. */
const parseAttributes = (text: string) => z.record(z.string(), z.string()).parse(JSON.parse(text))

/** RFC 3339 with up to nine decimals into nanoseconds since 1970. */
function parseTime(text: string): bigint {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/i.exec(text)
  const millis = match ? Date.parse(`${match[1]}${match[3]}`) : Number.NaN
  if (Number.isNaN(millis)) throw new RangeError(`"${text}" is no RFC 3339 time`)
  const nanos = BigInt(millis) * 1_000_000n + BigInt((match?.[2] ?? '').padEnd(9, '0'))
  return nanos < 0n ? 0n : nanos
}

function traceResult(spans: Stored<OtlpSpan>[]) {
  if (spans.length === 0) throw new QueryError(404, 'No traces found')
  return { result: { resourceSpans: resourceSpans(spans) } }
}

/** Zeros and what is unknown are left out, as in protobuf's JSON. */
const summaryResult = (summary: TraceSummary) => ({
  traceId: summary.traceId,
  rootServiceName: summary.root?.service,
  rootOperationName: summary.root?.name,
  minStartTimeUnixNano: String(summary.start),
  maxEndTimeUnixNano: String(summary.end),
  spanCount: summary.spans,
  errorSpanCount: summary.errors || undefined,
  orphanSpanCount: summary.orphans || undefined,
  services: summary.services.map(({ name, spans, errors }) => ({
    name,
    spanCount: spans,
    errorSpanCount: errors || undefined,
  })),
})

const failed: ErrorRequestHandler = function failed(error, _request, response, next) {
  if (response.headersSent || !(error instanceof QueryError)) return next(error)
  const { httpCode, message } = error
  sendJson(response, { error: { httpCode, message } }, httpCode)
}
