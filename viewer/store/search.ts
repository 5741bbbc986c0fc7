import type { SQLInputValue } from 'node:sqlite'
import { spanKind, spanKinds } from '../receiver/otlp.ts'
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
  const { ofTrace, ofSpan } = conditionsOf(store, query)
  const all = (conditions: Condition[]) => conditions.map(([sql]) => sql).join(' AND ')
  // Not one that is kept: there is no end of such texts.
  const search = store.db.prepare(
    `SELECT seq FROM traces t WHERE ${all(ofTrace)} AND EXISTS
       (SELECT 1 FROM spans s JOIN span_json j ON j.id = s.id WHERE ${all(ofSpan)})
     ORDER BY seq DESC LIMIT ?`,
  )
  const values = [...ofTrace, ...ofSpan].flatMap(([, ...values]) => values)
  const found = search.all(...values, query.limit).map(({ seq }) => Number(seq))
  return summariesOf(store.db, found)
}

/** SQL of traces `t` or of spans `s` with their JSON `j`, and the values for its question marks. */
type Condition = [sql: string, ...values: SQLInputValue[]]

function conditionsOf(store: Store, query: TraceQuery) {
  const ofTrace: Condition[] = [['1']]
  const ofSpan: Condition[] = [['s.trace = t.seq']]
  // They parse the span: after all that spares them that.
  const ofJson: Condition[] = []
  const where = (sql: string, value: SQLInputValue | undefined) => {
    if (value !== undefined) ofSpan.push([sql, value])
  }
  where('s.service = ?', query.service)
  where('s.name = ?', query.operation)
  where('s.start >= ?', query.startMin?.toString().padStart(20, '0'))
  where('s.start <= ?', query.startMax?.toString().padStart(20, '0'))
  where('s.duration >= ?', query.durationMin)
  where('s.duration <= ?', query.durationMax)
  for (const [key, text] of Object.entries(query.attributes ?? {})) {
    if (key === 'error') where('s.status = ?', errorStatus.get(text) ?? -1)
    else if (key === 'span.kind') where('s.kind = ?', kindNumber(text))
    else {
      const origins = store.origins.withAttribute(key, text)
      if (origins.length > 0)
        ofJson.push([`(${ofOrigins} OR ${has})`, JSON.stringify(origins), key, text])
      else {
        ofSpan.push(...stands(key, text))
        ofJson.push([has, key, text])
        if (key === 'correlation.id') ofTrace.push([ofCorrelation, text])
      }
    }
  }
  return { ofTrace, ofSpan: [...ofSpan, ...ofJson] }
}

const has = 'carries(j.json, ?, ?)'
const ofOrigins = 's.origin IN (SELECT value FROM json_each(?))'
const ofCorrelation = 't.seq IN (SELECT trace FROM correlations WHERE correlation_id = ?)'
const kindNames: readonly string[] = spanKinds
const kindNumber = (text: string) => kindNames.indexOf(text.toLowerCase())
/** As in Jaeger, `error=false` means a status set to OK, not one left unset. */
const errorStatus = new Map([
  ['true', 2],
  ['false', 1],
])

/** How an attribute that reads as the text stands in a span's JSON: knowing that spares most spans the parsing. */
function stands(key: string, text: string): Condition[] {
  const isIn = 'instr(j.json, ?)'
  const named = `"key":${JSON.stringify(key)},`
  // A list, a map or nothing may read so.
  if (text === '' || /^[[{]/.test(text)) return [[isIn, named]]
  const quoted = `Value":${JSON.stringify(text)}}`
  if (/^(true|false|NaN|-?Infinity|-?\d.*)$/.test(text))
    return [
      [`(${isIn} OR ${isIn})`, quoted, `Value":${text}}`],
      [isIn, named],
    ]
  const asText = `${named}"value":{"string${quoted}`
  if (!/^[\w+/-]+=*$/.test(text) || text.length % 4 !== 0) return [[isIn, asText]]
  return [[`(${isIn} OR ${isIn})`, asText, `${named}"value":{"bytes${quoted}`]]
}

/** The operations of a service by name, each with its span kind; of all kinds or of one. */
export function operationsOf({ db }: Store, service: string, kind?: string) {
  const wanted = kind === undefined ? null : kindNumber(kind)
  return db
    .all(operations, service, wanted)
    .map(({ name, kind }) => ({ name: String(name), spanKind: spanKind(Number(kind)) }))
}

const operations = `
  SELECT name, kind FROM operations WHERE service = ?1 AND (?2 IS NULL OR kind = ?2) ORDER BY name, kind`
