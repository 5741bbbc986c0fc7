import { textOf } from '../receiver/any-value.ts'
import type { OtlpSpan } from '../receiver/otlp.ts'
import { searchable } from './attributes.ts'
import { type Database, timeText } from './database.ts'

/** What a batch adds to the trace of this number. */
interface Gain {
  seq: number
  spans: number
  errors: number
  start: string
  end: string
  root?: { service: string; name: string }
  correlationIds: Set<string>
}

/** A name and a kind that spans of a service have, and the latest trace with one of these. */
interface Operation {
  service: string
  name: string
  kind: number
  trace: number
}

/** What the spans of a batch add to the rows of their traces and operations, so that each is written once. */
export class Tally {
  readonly #db: Database
  readonly #gains = new Map<string, Gain>()
  readonly #operations = new Map<string, Operation>()
  #lastTrace: number

  constructor(db: Database) {
    this.#db = db
    this.#lastTrace = db.number('SELECT max(seq) FROM traces')
  }

  /** What is added to the trace of the span, which gets its number on first sight. */
  gainOf({ traceId, startTimeUnixNano, endTimeUnixNano }: OtlpSpan): Gain {
    const known = this.#gains.get(traceId)
    if (known) return known
    const gain: Gain = {
      seq:
        this.#db.number('SELECT seq FROM traces WHERE trace_id = ?', traceId) || ++this.#lastTrace,
      spans: 0,
      errors: 0,
      start: timeText(startTimeUnixNano),
      end: timeText(endTimeUnixNano),
      correlationIds: new Set(),
    }
    this.#gains.set(traceId, gain)
    return gain
  }

  /** Counts a span that is new. */
  add(span: OtlpSpan, gain: Gain, service: string): void {
    const { name, kind = 0 } = span
    const start = timeText(span.startTimeUnixNano)
    const end = timeText(span.endTimeUnixNano)
    gain.spans += 1
    if (span.status.code === 2) gain.errors += 1
    if (start < gain.start) gain.start = start
    if (end > gain.end) gain.end = end
    if (!span.parentSpanId) gain.root ??= { service, name }
    for (const { key, value } of searchable(span))
      if (key === 'correlation.id') gain.correlationIds.add(textOf(value))
    const operation = `${service.length} ${service} ${kind} ${name}`
    const known = this.#operations.get(operation)
    if (!known) this.#operations.set(operation, { service, name, kind, trace: gain.seq })
    else if (known.trace < gain.seq) known.trace = gain.seq
  }

  write(): void {
    for (const [traceId, { seq, spans, errors, start, end, root, correlationIds }] of this.#gains) {
      if (spans === 0) continue
      const [correlationId = null] = correlationIds
      const { service = null, name = null } = root ?? {}
      this.#db.run(growTrace, seq, traceId, start, end, spans, errors, service, name, correlationId)
      for (const id of correlationIds)
        this.#db.run('INSERT OR IGNORE INTO correlations VALUES (?, ?)', id, seq)
    }
    for (const { service, name, kind, trace } of this.#operations.values())
      this.#db.run(addOperation, service, name, kind, trace)
  }
}

const growTrace = `
  INSERT INTO traces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (seq) DO UPDATE SET
    start = min(start, excluded.start), end = max(end, excluded.end),
    spans = spans + excluded.spans, errors = errors + excluded.errors,
    root_service = coalesce(root_service, excluded.root_service),
    root_name = coalesce(root_name, excluded.root_name),
    correlation_id = coalesce(correlation_id, excluded.correlation_id)`
const addOperation = `
  INSERT INTO operations VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET trace = max(trace, excluded.trace)`
