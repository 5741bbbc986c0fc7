import type { SQLInputValue } from 'node:sqlite'
import { z } from 'zod'
import { textOf } from './any-value.ts'
import { searchable } from './attribute-filters.ts'
import { otlpSpan, spanKind, spanKinds } from './otlp.ts'
import type { Store } from './store.ts'

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

export interface TraceSummary {
  traceId: string
  /** Of the span without a parent; undefined while that has not arrived. */
  root: { service: string; name: string } | undefined
  start: bigint
  end: bigint
  spans: number
  errors: number
  /** Spans whose parent has not arrived. */
  orphans: number
  correlationId: string | undefined
  services: { name: string; spans: number; errors: number }[]
}

/** Finds the latest traces that the query fits; the newest start first. */
export function searchTraces(store: Store, query: TraceQuery): TraceSummary[] {
  const found = new Set<number>()
  const plan = planOf(store, query)
  if (plan.attributes.length === 0) scan(store, plan, query.limit, found)
  else
    for (const bucket of store.filters.latestFirst()) {
      if (found.size >= query.limit) break
      const mayHave = plan.attributes.every(
        ({ key, text, origins }) => origins.size > 0 || store.filters.mayHave(bucket, key, text),
      )
      if (mayHave) scanBucket(store, plan, bucket, query.limit, found)
    }
  return [...found]
    .map((seq) => summaryOf(store, seq))
    .sort((a, b) => (a.start === b.start ? 0 : a.start < b.start ? 1 : -1))
}

interface Plan {
  where: string
  values: SQLInputValue[]
  attributes: { key: string; text: string; origins: Set<number> }[]
}

function planOf(store: Store, query: TraceQuery): Plan {
  const conditions: [string, SQLInputValue | undefined][] = [
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
    else attributes.push({ key, text, origins: new Set(store.origins.withAttribute(key, text)) })
  }
  const given = conditions.filter(([, value]) => value !== undefined)
  return {
    where: ['1', ...given.map(([condition]) => condition)].join(' AND '),
    values: given.map(([, value]) => value ?? null),
    attributes,
  }
}

const kindNames: readonly string[] = spanKinds
const kindNumber = (text: string) => kindNames.indexOf(text.toLowerCase())
/** As in Jaeger, `error=false` means a status set to OK, not one left unset. */
const errorStatus = new Map([
  ['true', 2],
  ['false', 1],
])

function scan(store: Store, { where, values }: Plan, limit: number, found: Set<number>): void {
  const rows = store.db
    .prepare(`SELECT DISTINCT trace FROM spans s WHERE ${where} ORDER BY trace DESC LIMIT ?`)
    .all(...values, limit)
  for (const row of rows) found.add(z.object({ trace: z.number() }).parse(row).trace)
}

function scanBucket(store: Store, plan: Plan, bucket: number, limit: number, found: Set<number>) {
  // A scalar stands in the JSON as it stands in the query, which spares most spans the parsing.
  const needles = plan.attributes
    .filter(({ text, origins }) => origins.size === 0 && !/^[[{]/.test(text))
    .map(({ text }) => JSON.stringify(text).slice(1, -1))
  const rows = store.db
    .prepare(
      `SELECT s.trace, s.origin, j.json FROM traces t JOIN spans s ON s.trace = t.seq
         JOIN span_json j ON j.id = s.id
       WHERE t.bucket = ? AND ${where(plan, needles)} ORDER BY t.seq DESC`,
    )
    .iterate(bucket, ...plan.values, ...needles)
  for (const row of rows) {
    const { trace, origin, json } = candidate.parse(row)
    if (found.has(trace)) continue
    const own = searchable(otlpSpan.parse(JSON.parse(json)))
    const fits = plan.attributes.every(
      ({ key, text, origins }) =>
        origins.has(origin) ||
        own.some((entry) => entry.key === key && textOf(entry.value) === text),
    )
    if (fits && found.add(trace).size >= limit) return
  }
}

const where = (plan: Plan, needles: string[]) =>
  [plan.where, ...needles.map(() => 'instr(j.json, ?) > 0')].join(' AND ')
const candidate = z.object({ trace: z.number(), origin: z.number(), json: z.string() })

function summaryOf(store: Store, seq: number): TraceSummary {
  const row = summaryRow.parse(store.db.prepare('SELECT * FROM traces WHERE seq = ?').get(seq))
  const services = store.db
    .prepare(
      `SELECT service AS name, count(*) AS spans, sum(status = 2) AS errors FROM spans
       WHERE trace = ? GROUP BY service ORDER BY service`,
    )
    .all(seq)
  const orphans = store.db
    .prepare(
      `SELECT count(*) AS orphans FROM spans s WHERE trace = ?1 AND parent IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM spans p WHERE p.trace = ?1 AND p.span_id = s.parent)`,
    )
    .get(seq)
  const { root_service, root_name } = row
  return {
    traceId: row.trace_id,
    root:
      root_service === null || root_name === null
        ? undefined
        : { service: root_service, name: root_name },
    start: BigInt(row.start),
    end: BigInt(row.end),
    spans: row.spans,
    errors: row.errors,
    ...z.object({ orphans: z.number() }).parse(orphans),
    correlationId: row.correlation_id ?? undefined,
    services: z.array(serviceRow).parse(services),
  }
}

const summaryRow = z.object({
  trace_id: z.string(),
  start: z.string(),
  end: z.string(),
  spans: z.number(),
  errors: z.number(),
  root_service: z.string().nullable(),
  root_name: z.string().nullable(),
  correlation_id: z.string().nullable(),
})
const serviceRow = z.object({ name: z.string(), spans: z.number(), errors: z.number() })

/** The operations of a service by name, each with its span kind; of all kinds or of one. */
export function operationsOf(store: Store, service: string, kind?: string) {
  return store.db
    .prepare(
      `SELECT DISTINCT name, kind FROM spans WHERE service = ?1 AND (?2 IS NULL OR kind = ?2)
       ORDER BY name, kind`,
    )
    .all(service, kind === undefined ? null : kindNumber(kind))
    .map((row) => {
      const { name, kind } = operationRow.parse(row)
      return { name, spanKind: spanKind(kind) }
    })
}
const operationRow = z.object({ name: z.string(), kind: z.number() })
