import { z } from 'zod'
import { formatDuration, parseGoDuration } from '../query/duration.ts'
import { operationsOf, searchTraces, type TraceQuery } from '../store/search.ts'
import type { Store } from '../store/store.ts'
import type { TraceSummary } from '../store/summaries.ts'
import { clock } from './clock.ts'
import { traceName } from './trace-name.ts'

/** The list's filter in the URL: Jaeger's own names, and `attribute` as `key=value` for the form. */
const parameters = z.object({
  service: z.string().catch(''),
  operation: z.string().catch(''),
  minDuration: z.string().catch(''),
  maxDuration: z.string().catch(''),
  tags: z.string().catch(''),
  attribute: z.string().catch(''),
  errors: z.string().catch(''),
  limit: z.coerce.number().int().min(1).max(500).catch(50),
})

/** The search that the URL's parameters ask for; throws an Error that says which of them is wrong. */
export function listFilter(query: unknown): TraceQuery {
  const given = parameters.parse(query)
  const attributes: Record<string, string> = { ...tagsOf(given.tags), ...pairOf(given.attribute) }
  if (given.errors) attributes.error = 'true'
  return {
    service: given.service || undefined,
    operation: given.operation && given.operation !== 'all' ? given.operation : undefined,
    durationMin: given.minDuration ? parseGoDuration(given.minDuration) : undefined,
    durationMax: given.maxDuration ? parseGoDuration(given.maxDuration) : undefined,
    attributes,
    limit: given.limit,
  }
}

function tagsOf(tags: string): Record<string, string> {
  if (tags === '') return {}
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(tags))
  } catch {
    throw new Error('tags must be a JSON object of strings, as {"correlation.id":"abc-123"}')
  }
}

function pairOf(attribute: string): Record<string, string> {
  if (attribute.trim() === '') return {}
  const at = attribute.indexOf('=')
  if (at < 1) throw new Error('an attribute is written as key=value, as http.route=/work')
  return { [attribute.slice(0, at).trim()]: attribute.slice(at + 1).trim() }
}

/** What the list's views show: the rows, the form as it was filled in, and what is wrong with it. */
export function listPage(store: Store, query: unknown) {
  const given = parameters.parse(query)
  const { errors, limit, ...texts } = given
  const filtered = errors !== '' || Object.values(texts).some((text) => text !== '')
  const operations = given.service ? operationsOf(store, given.service) : []
  const names = [...new Set(operations.map(({ name }) => name))]
  const choices = { services: store.origins.services(), operations: names }
  return { ...find(store, query), ...choices, filter: given, filtered }
}

function find(store: Store, query: unknown) {
  try {
    const filter = listFilter(query)
    const traces = searchTraces(store, filter)
    const ofOneId = filter.attributes?.['correlation.id'] !== undefined && traces.length > 1
    // The newest start comes first.
    const story = ofOneId ? traces.at(-1)?.traceId : undefined
    return { traces: traces.map(traceRow), story, problem: '' }
  } catch (error) {
    return { traces: [], problem: error instanceof Error ? error.message : String(error) }
  }
}

function traceRow(summary: TraceSummary) {
  const { traceId, start, end, spans, errors, correlationId, services } = summary
  return {
    traceId,
    ...traceName(summary, Date.now()),
    others: services.length - 1,
    duration: formatDuration(Number(end - start)),
    spans,
    errors,
    correlationId,
    ...clock(start),
  }
}
