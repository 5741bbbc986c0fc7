import { EventEmitter } from 'node:events'
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { textOf } from '../receiver/any-value.ts'
import {
  durationOf,
  type OtlpLogRecord,
  type OtlpSpan,
  otlpLogRecord,
  otlpSpan,
  type Stored,
  timeOf,
} from '../receiver/otlp.ts'
import type { Batch } from '../receiver/otlp-request.ts'
import { Disk } from './disk.ts'
import { Links } from './links.ts'
import { Operations } from './operations.ts'
import { Origins } from './origins.ts'
import { openDatabase } from './schema.ts'
import { searchable } from './searchable.ts'
import { numberOf, statements } from './statements.ts'

/** As many spans of one id as are kept apart; each more is compared with these. */
const MOST_COPIES = 100

/** What a batch adds to one trace. */
interface Gain {
  seq: number
  spans: number
  errors: number
  start: string
  end: string
  root?: { service: string; name: string }
  correlationIds: Set<string>
}

/** Spans and log records in SQLite, bounded; emits `change` when something was added. */
export class Store extends EventEmitter<{ change: [] }> {
  readonly db: DatabaseSync
  readonly disk: Disk
  readonly origins: Origins
  readonly operations: Operations
  readonly links: Links
  readonly #maxSpans: number
  readonly #sql: ReturnType<typeof statements>
  #spans: number
  #arrived: number

  constructor({
    file = ':memory:',
    maxSpans = 200_000,
  }: { file?: string; maxSpans?: number } = {}) {
    super()
    this.db = openDatabase(file)
    this.disk = new Disk(file)
    this.origins = new Origins(this.db)
    this.operations = new Operations(this.db)
    this.links = new Links(this.db)
    this.#maxSpans = maxSpans
    this.#sql = statements(this.db)
    this.#spans = this.#count()
    this.#arrived = numberOf(this.db.prepare('SELECT max(id) FROM span_json'))
  }

  /**
   * Keeps the spans that are not there yet, then lets whole oldest traces go until all fit. Answers how many were
   * refused, since too many others have their id; throws a DiskFull where there is no room.
   */
  addSpans(batches: Batch<OtlpSpan>[]): number {
    const refused = this.disk.write(() => this.#keepSpans(batches))
    this.emit('change')
    return refused
  }

  #keepSpans(batches: Batch<OtlpSpan>[]): number {
    let refused = 0
    const known = batches.map(({ origin, items }) => ({
      ...this.origins.intern('traces', origin),
      items,
    }))
    this.#transaction(() => {
      const gains = new Map<string, Gain>()
      for (const { id, service, items } of known)
        for (const span of items) if (!this.#addSpan(span, id, service, gains)) refused += 1
      for (const gain of gains.values()) this.#applyGain(gain)
      this.#evict()
    })
    return refused
  }

  #addSpan(span: OtlpSpan, origin: number, service: string, gains: Map<string, Gain>): boolean {
    const start = span.startTimeUnixNano.padStart(20, '0')
    const end = span.endTimeUnixNano.padStart(20, '0')
    let gain = gains.get(span.traceId)
    if (!gain) {
      const seq = this.#numberOf(span.traceId, start)
      gain = { seq, spans: 0, errors: 0, start, end, correlationIds: new Set() }
      gains.set(span.traceId, gain)
    }
    const { seq } = gain
    const status = span.status.code ?? 0
    const json = JSON.stringify(span)
    const id = this.#arrived + 1
    const insert = (copy: number) =>
      this.#sql.addSpan.run(
        seq,
        span.spanId,
        copy,
        span.parentSpanId ?? null,
        id,
        origin,
        service,
        span.name,
        span.kind ?? 0,
        start,
        durationOf(span),
        status,
      )
    if (insert(0).changes === 0) {
      const copies = this.#sql.spansWithId
        .all(span.traceId, span.spanId)
        .map((row) => storedRow.parse(row))
      if (copies.some((copy) => copy.origin === origin && copy.json === json)) return true
      if (copies.length >= MOST_COPIES) return false
      insert(copies.length)
    }
    this.#arrived = id
    this.#sql.addJson.run(id, json)
    this.operations.add(service, span.name, span.kind ?? 0)
    this.links.add(seq, span)
    gain.spans += 1
    if (status === 2) gain.errors += 1
    if (start < gain.start) gain.start = start
    if (end > gain.end) gain.end = end
    if (!span.parentSpanId) gain.root ??= { service, name: span.name }
    for (const { key, value } of searchable(span))
      if (key === 'correlation.id') gain.correlationIds.add(textOf(value))
    return true
  }

  #numberOf(traceId: string, start: string): number {
    const row = this.#sql.findTrace.get(traceId) ?? this.#sql.addTrace.get(traceId, start, start)
    return traceNumber.parse(row).seq
  }

  #applyGain({ seq, spans, errors, start, end, root, correlationIds }: Gain): void {
    this.#spans += spans
    this.#sql.growTrace.run(
      spans,
      errors,
      start,
      end,
      root?.service ?? null,
      root?.name ?? null,
      correlationIds.values().next().value ?? null,
      seq,
    )
    for (const correlationId of correlationIds) this.#sql.addCorrelation.run(correlationId, seq)
  }

  /** Keeps log records, as many as spans at most; the oldest go first. Throws a DiskFull where there is no room. */
  addLogs(batches: Batch<OtlpLogRecord>[]): void {
    this.disk.write(() => this.#keepLogs(batches))
    this.emit('change')
  }

  #keepLogs(batches: Batch<OtlpLogRecord>[]): void {
    const known = batches.map(({ origin, items }) => ({
      ...this.origins.intern('logs', origin),
      items,
    }))
    this.#transaction(() => {
      for (const { id, items } of known)
        for (const record of items)
          this.#sql.addLog.run(
            record.traceId ?? null,
            timeOf(record).toString().padStart(20, '0'),
            id,
            JSON.stringify(record),
          )
      this.#sql.dropLogs.run(this.#maxSpans)
    })
  }

  hasTrace(traceId: string): boolean {
    return this.#sql.findTrace.get(traceId) !== undefined
  }

  /** The trace's spans, in the order of their start; none where the trace is not here. */
  spansOf(traceId: string): Stored<OtlpSpan>[] {
    return this.#sql.spansOf.all(traceId).map((row) => this.#span(row))
  }

  /** The trace's spans of this id, in the order in which they came: none, one, or as Zipkin's two sides more. */
  spansWithId(traceId: string, spanId: string): Stored<OtlpSpan>[] {
    return this.#sql.spansWithId.all(traceId, spanId).map((row) => this.#span(row))
  }

  #span(row: unknown): Stored<OtlpSpan> {
    const { origin, json } = storedRow.parse(row)
    return { origin: this.origins.get(origin), item: otlpSpan.parse(JSON.parse(json)) }
  }

  /** The trace's log records, in the order of their time, each with its number. */
  logsOf(traceId: string): (Stored<OtlpLogRecord> & { id: number })[] {
    return this.#sql.logsOf.all(traceId).map((row) => {
      const { id, origin, json } = storedLog.parse(row)
      return { id, origin: this.origins.get(origin), item: otlpLogRecord.parse(JSON.parse(json)) }
    })
  }

  /** Lets all go, log records without a trace too. */
  clear(): void {
    this.disk.write(() =>
      this.#transaction(() => {
        this.#dropUpTo(Number.MAX_SAFE_INTEGER)
        this.db.exec('DELETE FROM logs')
        this.origins.forgetUnused(0)
        this.operations.forget()
        this.#spans = 0
      }),
    )
    this.emit('change')
  }

  close(): void {
    this.db.close()
  }

  #evict(): void {
    if (this.#spans <= this.#maxSpans) return
    let last = 0
    for (const row of this.#sql.oldest.iterate()) {
      const { seq, spans } = oldestRow.parse(row)
      this.#spans -= spans
      last = seq
      if (this.#spans <= this.#maxSpans) break
    }
    this.#dropUpTo(last)
  }

  #dropUpTo(last: number): void {
    for (const drop of this.#sql.dropUpTo) drop.run(last)
    this.links.dropUpTo(last)
    this.origins.forgetUnused()
    this.operations.forgetUnused()
  }

  #count(): number {
    return numberOf(this.db.prepare('SELECT sum(spans) FROM traces'))
  }

  #transaction(work: () => void): void {
    this.db.exec('BEGIN')
    try {
      work()
      this.db.exec('COMMIT')
    } catch (error) {
      // A full disk has ended it already.
      if (this.db.isTransaction) this.db.exec('ROLLBACK')
      this.#spans = this.#count()
      this.origins.readAgain()
      this.operations.forget()
      throw error
    }
  }
}

const traceNumber = z.object({ seq: z.number() })
const oldestRow = z.object({ seq: z.number(), spans: z.number() })
const storedRow = z.object({ origin: z.number(), json: z.string() })
const storedLog = storedRow.extend({ id: z.number() })
