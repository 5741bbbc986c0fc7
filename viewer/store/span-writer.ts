import { durationOf, type OtlpSpan, serviceName } from '../receiver/otlp.ts'
import type { Batch } from '../receiver/otlp-request.ts'
import { type Database, timeText } from './database.ts'
import type { Links } from './links.ts'
import type { Origins } from './origins.ts'
import { Tally } from './tally.ts'

/** As many spans of one id as are kept apart; each more is compared with these. */
const MOST_COPIES = 100

/** Where spans came from: the number of their origin, and its service. */
interface Source {
  id: number
  service: string
}

/** Writes spans, and lets whole traces go; within a transaction of the caller's. */
export class SpanWriter {
  readonly #db: Database
  readonly #origins: Origins
  readonly #links: Links
  #spans = 0
  #arrived = 0

  constructor(db: Database, origins: Origins, links: Links) {
    this.#db = db
    this.#origins = origins
    this.#links = links
    this.countAgain()
  }

  /** Counts what there is, as after changes that were taken back. */
  countAgain(): void {
    this.#spans = this.#db.number('SELECT sum(spans) FROM traces')
    this.#arrived = this.#db.number('SELECT max(id) FROM span_json')
  }

  /** Keeps the spans that are not there yet; answers how many were refused, since too many others have their id. */
  add(batches: Batch<OtlpSpan>[]): number {
    let refused = 0
    const tally = new Tally(this.#db)
    for (const { origin, items } of batches) {
      const source = { id: this.#origins.intern(origin), service: serviceName(origin) }
      let latest = 0
      for (const span of items) {
        const gain = tally.gainOf(span)
        const came = this.#insert(gain.seq, span, source)
        if (came === 'refused') refused += 1
        if (came !== 'new') continue
        this.#spans += 1
        this.#links.add(gain.seq, span)
        tally.add(span, gain, source.service)
        latest = Math.max(latest, gain.seq)
      }
      this.#db.run('UPDATE origins SET trace = max(trace, ?) WHERE id = ?', latest, source.id)
    }
    tally.write()
    return refused
  }

  #insert(
    trace: number,
    span: OtlpSpan,
    { id: origin, service }: Source,
  ): 'new' | 'known' | 'refused' {
    const { spanId } = span
    const id = this.#arrived + 1
    const json = JSON.stringify(span)
    const insert = (copy: number) =>
      this.#db
        .statement(addSpan)
        .run(
          trace,
          spanId,
          copy,
          span.parentSpanId ?? null,
          id,
          origin,
          service,
          span.name,
          span.kind ?? 0,
          timeText(span.startTimeUnixNano),
          durationOf(span),
          span.status.code ?? 0,
        )
    if (insert(0).changes === 0) {
      if (this.#db.number(same, trace, spanId, origin, json)) return 'known'
      const copies = this.#db.number(
        'SELECT count(*) FROM spans WHERE trace = ? AND span_id = ?',
        trace,
        spanId,
      )
      if (copies >= MOST_COPIES) return 'refused'
      insert(copies)
    }
    this.#arrived = id
    this.#db.statement(addJson).run(id, json)
    return 'new'
  }

  /** Lets whole oldest traces go, with all that is theirs, until there are so many spans at most. */
  keepLatest(most: number): void {
    if (this.#spans <= most) return
    let last = 0
    for (const { seq, spans } of this.#db.statement(oldest).iterate()) {
      this.#spans -= Number(spans)
      last = Number(seq)
      if (this.#spans <= most) break
    }
    for (const drop of dropUpTo) this.#db.run(drop, last)
    this.#origins.dropUnused()
  }
}

const addSpan = 'INSERT OR IGNORE INTO spans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
const addJson = 'INSERT INTO span_json VALUES (?, ?)'
const same = `
  SELECT 1 FROM spans s JOIN span_json j ON j.id = s.id
  WHERE s.trace = ? AND s.span_id = ? AND s.origin = ? AND j.json = ?`
const oldest = 'SELECT seq, spans FROM traces ORDER BY seq'
const dropUpTo = [
  'DELETE FROM logs WHERE trace_id IN (SELECT trace_id FROM traces WHERE seq <= ?)',
  'DELETE FROM span_json WHERE id IN (SELECT id FROM spans WHERE trace <= ?)',
  'DELETE FROM spans WHERE trace <= ?',
  'DELETE FROM links WHERE trace <= ?',
  'DELETE FROM correlations WHERE trace <= ?',
  'DELETE FROM operations WHERE trace <= ?',
  'DELETE FROM traces WHERE seq <= ?',
]
