import type { DatabaseSync } from 'node:sqlite'
import type { OtlpSpan } from '../receiver/otlp.ts'
import { columnOf, numberOf } from './rows.ts'

/** More links are shown on their span, but not indexed; the SDK's own limit is 128 to a span. */
const MOST_LINKS = { ofASpan: 128, ofATrace: 1000 }

/** More links to one trace are not counted among its spans that are linked to. */
const MOST_LINKS_TO_A_TRACE = 10_000

/** Where a link leads to or comes from. */
export interface LinkEnd {
  traceId: string
  spanId: string
}

/**
 * The links of spans, indexed from both ends: from the trace that has one, and from the one that it leads to. A link
 * may name what is not here, itself, or the same span many times; all of it is bounded, also for each trace.
 */
export class Links {
  readonly #sql: ReturnType<typeof statements>

  constructor(db: DatabaseSync) {
    this.#sql = statements(db)
  }

  /** Keeps the links of a span of the trace of this number. */
  add(trace: number, { spanId, links = [] }: OtlpSpan): void {
    if (links.length === 0) return
    let room = MOST_LINKS.ofATrace - numberOf(this.#sql.countOf, trace)
    for (const link of links.slice(0, MOST_LINKS.ofASpan)) {
      if (room <= 0) return
      room -= Number(this.#sql.add.run(trace, spanId, link.traceId, link.spanId).changes)
    }
  }

  /** The other traces here that the trace's links lead to, at most `limit`. */
  tracesFrom(traceId: string, limit: number): string[] {
    return columnOf(this.#sql.tracesFrom, traceId, limit).map(String)
  }

  /** The other traces whose links lead to the trace, at most `limit`. */
  tracesTo(traceId: string, limit: number): string[] {
    return columnOf(this.#sql.tracesTo, traceId, limit).map(String)
  }

  /** The spans whose links lead to the span, at most `limit`, in the order in which their traces came. */
  spansTo({ traceId, spanId }: LinkEnd, limit: number): LinkEnd[] {
    const rows = this.#sql.spansTo.all(traceId, spanId, limit)
    return rows.map((row) => ({ traceId: String(row.traceId), spanId: String(row.spanId) }))
  }

  /** The ids of the trace's spans that have links or that links lead to. */
  linkedSpans(traceId: string): Set<string> {
    return new Set(columnOf(this.#sql.linkedSpans, traceId, MOST_LINKS_TO_A_TRACE).map(String))
  }
}

const statements = (db: DatabaseSync) => ({
  add: db.prepare('INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?)'),
  countOf: db.prepare('SELECT count(*) FROM links WHERE trace = ?'),
  tracesFrom: db.prepare(
    `SELECT DISTINCT other.trace_id AS traceId FROM traces t JOIN links l ON l.trace = t.seq
       JOIN traces other ON other.trace_id = l.to_trace
     WHERE t.trace_id = ? AND other.seq <> t.seq LIMIT ?`,
  ),
  tracesTo: db.prepare(
    `SELECT t.trace_id AS traceId FROM
       (SELECT DISTINCT trace FROM links WHERE to_trace = ?1 LIMIT ?2 + 1) l
       JOIN traces t ON t.seq = l.trace
     WHERE t.trace_id <> ?1 LIMIT ?2`,
  ),
  spansTo: db.prepare(
    `SELECT t.trace_id AS traceId, l.span_id AS spanId FROM links l JOIN traces t ON t.seq = l.trace
     WHERE l.to_trace = ? AND l.to_span = ? ORDER BY l.trace LIMIT ?`,
  ),
  linkedSpans: db.prepare(
    `SELECT span_id AS spanId FROM links l JOIN traces t ON t.seq = l.trace WHERE t.trace_id = ?1
     UNION SELECT to_span FROM (SELECT to_span FROM links WHERE to_trace = ?1 LIMIT ?2)`,
  ),
})
