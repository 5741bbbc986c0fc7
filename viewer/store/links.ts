import type { OtlpSpan } from '../receiver/otlp.ts'
import type { Database } from './database.ts'

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
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Keeps the links of a span of the trace of this number. */
  add(trace: number, { spanId, links = [] }: OtlpSpan): void {
    if (links.length === 0) return
    const there = this.#db.number('SELECT count(*) FROM links WHERE trace = ?', trace)
    let room = MOST_LINKS.ofATrace - there
    for (const { traceId: to, spanId: toSpan } of links.slice(0, MOST_LINKS.ofASpan)) {
      if (room <= 0) return
      const add = 'INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?)'
      room -= Number(this.#db.run(add, trace, spanId, to, toSpan).changes)
    }
  }

  /** The other traces here that the trace's links lead to, at most `limit`. */
  tracesFrom(traceId: string, limit: number): string[] {
    const other = `
      SELECT DISTINCT other.trace_id FROM traces t JOIN links l ON l.trace = t.seq
        JOIN traces other ON other.trace_id = l.to_trace
      WHERE t.trace_id = ? AND other.seq <> t.seq LIMIT ?`
    return this.#db.column(other, traceId, limit).map(String)
  }

  /** The other traces whose links lead to the trace, at most `limit`. */
  tracesTo(traceId: string, limit: number): string[] {
    const other = `
      SELECT t.trace_id FROM (SELECT DISTINCT trace FROM links WHERE to_trace = ?1 LIMIT ?2 + 1) l
        JOIN traces t ON t.seq = l.trace
      WHERE t.trace_id <> ?1 LIMIT ?2`
    return this.#db.column(other, traceId, limit).map(String)
  }

  /** The spans whose links lead to the span, at most `limit`, in the order in which their traces came. */
  spansTo({ traceId, spanId }: LinkEnd, limit: number): LinkEnd[] {
    const ends = `
      SELECT t.trace_id, l.span_id FROM links l JOIN traces t ON t.seq = l.trace
      WHERE l.to_trace = ? AND l.to_span = ? ORDER BY l.trace LIMIT ?`
    return this.#db
      .all(ends, traceId, spanId, limit)
      .map((end) => ({ traceId: String(end.trace_id), spanId: String(end.span_id) }))
  }

  /** The ids of the trace's spans that have links or that links lead to. */
  linkedSpans(traceId: string): Set<string> {
    const spans = `
      SELECT span_id FROM links l JOIN traces t ON t.seq = l.trace WHERE t.trace_id = ?1
      UNION SELECT to_span FROM (SELECT to_span FROM links WHERE to_trace = ?1 LIMIT ?2)`
    return new Set(this.#db.column(spans, traceId, MOST_LINKS_TO_A_TRACE).map(String))
  }
}
