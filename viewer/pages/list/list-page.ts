import { z } from 'zod'
import { formatDuration, parseGoDuration } from '../../query/duration.ts'
import { operationsOf, searchTraces, type TraceQuery } from '../../store/search.ts'
import type { Store } from '../../store/store.ts'
import type { TraceSummary } from '../../store/summaries.ts'
import { clock } from '../clock.ts'
import { traceName } from './trace-name.ts'

/**
 * The list's filter in the URL: Jaeger's own names, with times in microseconds, and for the form `attribute` as
 * `key=value`, `from` and `to` as it writes them where no script turns them into `start` and `end`.
 */
const parameters = z.object({
  service: z.string().catch(''),
  operation: z.string().catch(''),
  minDuration: z.string().catch(''),
  maxDuration: z.string().catch(''),
  tags: z.string().catch(''),
  attribute: z.string().catch(''),
  errors: z.string().catch(''),
  start: z.string().catch(''),
  end: z.string().catch(''),
  from: z.string().catch(''),
  to: z.string().catch(''),
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
    startMin: timeOf(given.start, given.from),
    startMax: timeOf(given.end, given.to),
    attributes,
    limit: given.limit,
  }
}

/** Nanoseconds out of microseconds since 1970, or out of a date and time in UTC without a zone. */
function timeOf(micros: string, local: string): bigint | undefined {
  if (micros !== '') {
    if (/^\d{1,17}$/.test(micros)) return BigInt(micros) * 1000n
    throw new Error('start and end are microseconds since 1970')
  }
  if (local === '') return undefined
  const at = Date.parse(`${local}Z`)
  if (Number.isNaN(at)) throw new Error('a time is written as 2026-06-01T12:00:00')
  return BigInt(at) * 1_000_000n
}

/** A time of the form as ISO 8601; empty where there is none, or none that can be read. */
function isoOf(micros: string, local: string): string {
  try {
    const nanos = timeOf(micros, local)
    return nanos === undefined ? '' : clock(nanos).iso
  } catch {
    return '' // what is wrong with it is said beside the form
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
  return {
    ...find(store, query),
    ...choices,
    filter: given,
    filtered,
    from: isoOf(given.start, given.from),
    to: isoOf(given.end, given.to),
  }
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
