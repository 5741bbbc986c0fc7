import { z } from 'zod'
import { reasonOf } from '../../../src/throughline/answers/reason.ts'
import { parseGoDuration } from '../../query/duration.ts'
import { operationsOf, searchTraces, type TraceQuery } from '../../store/search.ts'
import type { Store } from '../../store/store.ts'
import { clock } from '../clock.ts'
import { named } from './trace-name.ts'

const text = z.string().catch('')

/**
 * The list's filter in the URL: Jaeger's own names, with times in microseconds, and for the form `attribute` as
 * `key=value`, `from` and `to` as it writes them where no script turns them into `start` and `end`.
 */
const parameters = z.object({
  service: text,
  operation: text,
  minDuration: text,
  maxDuration: text,
  tags: text,
  attribute: text,
  errors: text,
  start: text,
  end: text,
  from: text,
  to: text,
  limit: z.coerce.number().int().min(1).max(500).catch(50),
})
type Filter = z.infer<typeof parameters>

/** What the list's views show: the traces, the form as it was filled in, and what is wrong with it. */
export function listPage(store: Store, query: unknown) {
  const filter = parameters.parse(query)
  const { limit, ...texts } = filter
  const { service, start, end, from, to } = texts
  const operations = service ? operationsOf(store, service) : []
  return {
    ...find(store, filter),
    filter,
    filtered: Object.values(texts).some((each) => each !== ''),
    services: store.origins.services(),
    operations: new Set(operations.map(({ name }) => name)),
    from: isoOf(start, from),
    to: isoOf(end, to),
  }
}

function find(store: Store, filter: Filter) {
  try {
    const search = searchFor(filter)
    const traces = searchTraces(store, search).map(named)
    const ofOneId = search.attributes?.['correlation.id'] !== undefined && traces.length > 1
    // The newest start comes first.
    return { traces, story: ofOneId ? traces.at(-1)?.traceId : undefined, problem: '' }
  } catch (error) {
    return { traces: [], problem: reasonOf(error) }
  }
}

/** The search that the filter asks for; throws an Error that says what of it is wrong. */
function searchFor(filter: Filter): TraceQuery {
  const { service, operation, minDuration, maxDuration, limit } = filter
  const attributes = { ...tagsOf(filter.tags), ...pairOf(filter.attribute) }
  return {
    service: service || undefined,
    operation: operation && operation !== 'all' ? operation : undefined,
    durationMin: minDuration ? parseGoDuration(minDuration) : undefined,
    durationMax: maxDuration ? parseGoDuration(maxDuration) : undefined,
    startMin: timeOf(filter.start, filter.from),
    startMax: timeOf(filter.end, filter.to),
    attributes: filter.errors ? { ...attributes, error: 'true' } : attributes,
    limit,
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
