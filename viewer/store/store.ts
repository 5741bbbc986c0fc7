import { EventEmitter } from 'node:events'
import { type OtlpLogRecord, type OtlpSpan, otlpSpan, type Stored } from '../receiver/otlp.ts'
import type { Batch } from '../receiver/otlp-request.ts'
import type { Database } from './database.ts'
import { Disk } from './disk.ts'
import { Links } from './links.ts'
import { Logs } from './logs.ts'
import { Origins } from './origins.ts'
import { openDatabase } from './schema.ts'
import { SpanWriter } from './span-writer.ts'

/** Spans and log records in SQLite, bounded; emits `change` when something was added. */
export class Store extends EventEmitter<{ change: [] }> {
  readonly db: Database
  readonly disk: Disk
  readonly origins: Origins
  readonly links: Links
  readonly #logs: Logs
  readonly #spans: SpanWriter
  readonly #maxSpans: number

  constructor({
    file = ':memory:',
    maxSpans = 200_000,
  }: { file?: string; maxSpans?: number } = {}) {
    super()
    this.db = openDatabase(file)
    this.disk = new Disk(file)
    this.origins = new Origins(this.db)
    this.links = new Links(this.db)
    this.#logs = new Logs(this.db, this.origins)
    this.#spans = new SpanWriter(this.db, this.origins, this.links)
    this.#maxSpans = maxSpans
  }

  /**
   * Keeps the spans that are not there yet, then lets whole oldest traces go until all fit. Answers how many were
   * refused, since too many others have their id; throws a DiskFull where there is no room.
   */
  addSpans(batches: Batch<OtlpSpan>[]): number {
    return this.#write(() => {
      const refused = this.#spans.add(batches)
      this.#spans.keepLatest(this.#maxSpans)
      return refused
    })
  }

  /** Keeps log records, as many as spans at most; the oldest go first. Throws a DiskFull where there is no room. */
  addLogs(batches: Batch<OtlpLogRecord>[]): void {
    this.#write(() => {
      this.#logs.add(batches)
      this.#logs.keepLatest(this.#maxSpans)
    })
  }

  /** Lets all go, log records without a trace too. */
  clear(): void {
    this.#write(() => {
      this.#spans.keepLatest(0)
      this.#logs.keepLatest(0)
    })
  }

  #write<T>(work: () => T): T {
    const result = this.disk.write(() => this.#transaction(work))
    this.emit('change')
    return result
  }

  #transaction<T>(work: () => T): T {
    this.db.exec('BEGIN')
    try {
      const result = work()
      this.db.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk has ended it already.
      if (this.db.isTransaction) this.db.exec('ROLLBACK')
      this.#spans.countAgain()
      throw error
    }
  }

  hasTrace(traceId: string): boolean {
    return this.db.number('SELECT count(*) FROM traces WHERE trace_id = ?', traceId) > 0
  }

  /** The trace's spans, in the order of their start; none where the trace is not here. */
  spansOf(traceId: string): Stored<OtlpSpan>[] {
    return this.#stored(`${spans} ORDER BY s.start, s.span_id`, traceId)
  }

  /** The trace's spans of this id, in the order in which they came: none, one, or as Zipkin's two sides more. */
  spansWithId(traceId: string, spanId: string): Stored<OtlpSpan>[] {
    return this.#stored(`${spans} AND s.span_id = ? ORDER BY s.copy`, traceId, spanId)
  }

  #stored(sql: string, ...ids: string[]): Stored<OtlpSpan>[] {
    return this.db.all(sql, ...ids).map(({ origin, json }) => ({
      origin: this.origins.get(Number(origin)),
      item: otlpSpan.parse(JSON.parse(String(json))),
    }))
  }

  /** The trace's log records, in the order of their time, each with its number. */
  logsOf(traceId: string) {
    return this.#logs.of(traceId)
  }

  close(): void {
    this.db.close()
  }
}

const spans = `
  SELECT s.origin, j.json FROM traces t JOIN spans s ON s.trace = t.seq JOIN span_json j ON j.id = s.id
  WHERE t.trace_id = ?`
