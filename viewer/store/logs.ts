import { type OtlpLogRecord, otlpLogRecord, type Stored, timeOf } from '../receiver/otlp.ts'
import type { Batch } from '../receiver/otlp-request.ts'
import { type Database, timeText } from './database.ts'
import type { Origins } from './origins.ts'

/** The log records, with a trace or without. */
export class Logs {
  readonly #db: Database
  readonly #origins: Origins

  constructor(db: Database, origins: Origins) {
    this.#db = db
    this.#origins = origins
  }

  add(batches: Batch<OtlpLogRecord>[]): void {
    const add = 'INSERT INTO logs (trace_id, time, origin, json) VALUES (?, ?, ?, ?)'
    for (const { origin, items } of batches) {
      const from = this.#origins.intern(origin)
      let last: number | bigint = 0
      for (const item of items) {
        const { traceId = null } = item
        const json = JSON.stringify(item)
        last = this.#db.run(add, traceId, timeText(timeOf(item)), from, json).lastInsertRowid
      }
      this.#db.run('UPDATE origins SET log = max(log, ?) WHERE id = ?', last, from)
    }
  }

  /** Lets the oldest go until there are so many at most. */
  keepLatest(most: number): void {
    this.#db.run('DELETE FROM logs WHERE id <= (SELECT max(id) FROM logs) - ?', most)
    this.#origins.dropUnused()
  }

  /** The trace's log records, in the order of their time, each with its number. */
  of(traceId: string): (Stored<OtlpLogRecord> & { id: number })[] {
    return this.#db
      .all('SELECT id, origin, json FROM logs WHERE trace_id = ? ORDER BY time, id', traceId)
      .map(({ id, origin, json }) => ({
        id: Number(id),
        origin: this.#origins.get(Number(origin)),
        item: otlpLogRecord.parse(JSON.parse(String(json))),
      }))
  }
}
