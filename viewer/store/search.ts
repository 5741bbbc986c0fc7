import type { SQLInputValue } from 'node:sqlite'
import { z } from 'zod'
import { textOf } from '../receiver/any-value.ts'
import { otlpSpan, spanKind, spanKinds } from '../receiver/otlp.ts'
import { searchable } from './attributes.ts'
import type { Store } from './store.ts'
import { summariesOf, type TraceSummary } from './summaries.ts'

/** What a single span of a trace must be for the trace to be found, as in Jaeger; `limit` counts traces. */
export interface TraceQuery {
  service?: string | undefined
  operation?: string | undefined
  /** Bounds of the span's start, in nanoseconds since 1970. */
  startMin?: bigint | undefined
  startMax?: bigint | undefined
  /** Bounds of the span's duration, in nanoseconds. */
  durationMin?: number | undefined
  durationMax?: number | undefined
  /** All must be there, compared as text; `error` and `span.kind` stand for the status and the kind. */
  attributes?: Record<string, string> | undefined
  limit: number
}

/** Finds the latest traces that the query fits; the newest start first. */
export function searchTraces(store: Store, query: TraceQuery): TraceSummary[] {
  const plan = planOf(store, query)
  const found = plan.attributes.length === 0 ? scan(store, plan) : scanAttributes(store, plan)
  return summariesOf(store.db, found).sort((a, b) =>
    a.start === b.start ? 0 : a.start < b.start ? 1 : -1,
  )
}

interface Plan {
  where: string
  values: SQLInputValue[]
  attributes: { key: string; text: string; origins: Set<number> }[]
  limit: number
}

function planOf(store: Store, query: TraceQuery): Plan {
  const conditions: [string, ...(SQLInputValue | undefined)[]][] = [
    ['s.service = ?', query.service],
    ['s.name = ?', query.operation],
    ['s.start >= ?', query.startMin?.toString().padStart(20, '0')],
    ['s.start <= ?', query.startMax?.toString().padStart(20, '0')],
    ['s.duration >= ?', query.durationMin],
    ['s.duration <= ?', query.durationMax],
  ]
  const attributes: Plan['attributes'] = []
  for (const [key, text] of Object.entries(query.attributes ?? {})) {
    if (key === 'error') conditions.push(['s.status = ?', errorStatus.get(text) ?? -1])
    else if (key === 'span.kind') conditions.push(['s.kind = ?', kindNumber(text)])
    else {
      const origins = new Set(store.origins.withAttribute(key, text))
      attributes.push({ key, text, origins })
      if (origins.size > 0) continue
      if (key === 'correlation.id') conditions.push([ofCorrelation, text])
      conditions.push(...stands(key, text))
    }
  }
  const given = conditions.filter(([, value]) => value !== undefined)
  return {
    where: ['1', ...given.map(([condition]) => condition)].join(' AND '),
    values: given.flatMap(([, ...values]) => values.map((value) => value ?? null)),
    attributes,
    limit: query.limit,
  }
}

/** How an attribute that reads as the text stands in a span's JSON: knowing that spares most spans the parsing. */
function stands(key: string, text: string): [string, ...string[]][] {
  const within = (value: object) => JSON.stringify(value).slice(1, -1)
  const has = 'instr(j.json, ?)'
  // A list, a map or nothing may read so.
  if (text === '' || /^[[{]/.test(text)) return [[has, `${within({ key })},`]]
  const quoted = `Value":${JSON.stringify(text)}}`
  if (/^(true|false|-?\d.*)$/.test(text))
    return [
      [has, `${within({ key })},`],
      [`(${has} OR ${has})`, quoted, `Value":${text}}`],
    ]
  const only = within({ key, value: { stringValue: text } })
  if (!/^[\w+/-]+=*$/.test(text) || text.length % 4 !== 0) return [[has, only]]
  return [[`(${has} OR ${has})`, only, within({ key, value: { bytesValue: text } })]]
}

const ofCorrelation = 's.trace IN (SELECT trace FROM correlations WHERE correlation_id = ?)'
const kindNames: readonly string[] = spanKinds
const kindNumber = (text: string) => kindNames.indexOf(text.toLowerCase())
/** As in Jaeger, `error=false` means a status set to OK, not one left unset. */
const errorStatus = new Map([
  ['true', 2],
  ['false', 1],
])

function scan(store: Store, { where, values, limit }: Plan): Set<number> {
  const rows = store.db
    .prepare(`SELECT DISTINCT trace FROM spans s WHERE ${where} ORDER BY trace DESC LIMIT ?`)
    .all(...values, limit)
  return new Set(rows.map((row) => z.object({ trace: z.number() }).parse(row).trace))
}

function scanAttributes(store: Store, { where, values, attributes, limit }: Plan): Set<number> {
  const found = new Set<number>()
  const rows = store.db
    .prepare(
      `SELECT s.trace, s.origin, j.json FROM spans s JOIN span_json j ON j.id = s.id
       WHERE ${where} ORDER BY s.trace DESC`,
    )
    .iterate(...values)
  for (const row of rows) {
    const { trace, origin, json } = candidate.parse(row)
    if (found.has(trace)) continue
    const own = searchable(otlpSpan.parse(JSON.parse(json)))
    const fits = attributes.every(
      ({ key, text, origins }) =>
        origins.has(origin) ||
        own.some((entry) => entry.key === key && textOf(entry.value) === text),
    )
    if (fits && found.add(trace).size >= limit) break
  }
  return found
}

const candidate = z.object({ trace: z.number(), origin: z.number(), json: z.string() })

/** The operations of a service by name, each with its span kind; of all kinds or of one. */
export function operationsOf({ db }: Store, service: string, kind?: string) {
  const wanted = kind === undefined ? null : kindNumber(kind)
  return db
    .prepare(operations)
    .all(service, wanted)
    .map(({ name, kind }) => ({ name: String(name), spanKind: spanKind(Number(kind)) }))
}

const operations = `
  SELECT name, kind FROM operations WHERE service = ?1 AND (?2 IS NULL OR kind = ?2) ORDER BY name, kind`
