import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type OtlpLogRecord, otlpLogRecord, type Stored, timeOf } from '../receiver/otlp.ts'
import type { Batch } from '../receiver/otlp-request.ts'
import type { Origins } from './origins.ts'
import { timeText } from './rows.ts'

/** A log record with its number. */
export type StoredLog = Stored<OtlpLogRecord> & { id: number }

/** The log records, with a trace or without. */
export class Logs {
  readonly #origins: Origins
  readonly #sql: ReturnType<typeof statements>

  constructor(db: DatabaseSync, origins: Origins) {
    this.#origins = origins
    this.#sql = statements(db)
  }

  add(batches: Batch<OtlpLogRecord>[]): void {
    for (const { origin, items } of batches) {
      const from = this.#origins.intern(origin)
      let last: number | bigint = 0
      for (const item of items) {
        const { traceId = null } = item
        const json = JSON.stringify(item)
        last = this.#sql.add.run(traceId, timeText(timeOf(item)), from, json).lastInsertRowid
      }
      this.#sql.useOrigin.run(last, from)
    }
  }

  /** Lets the oldest go until there are so many at most. */
  keepLatest(most: number): void {
    this.#sql.drop.run(most)
    this.#origins.dropUnused()
  }

  /** The trace's log records, in the order of their time. */
  of(traceId: string): StoredLog[] {
    return this.#sql.of.all(traceId).map((row) => {
      const { id, origin, json } = storedLog.parse(row)
      return { id, origin: this.#origins.get(origin), item: otlpLogRecord.parse(JSON.parse(json)) }
    })
  }
}

const storedLog = z.object({ id: z.number(), origin: z.number(), json: z.string() })

const statements = (db: DatabaseSync) => ({
  add: db.prepare('INSERT INTO logs (trace_id, time, origin, json) VALUES (?, ?, ?, ?)'),
  useOrigin: db.prepare('UPDATE origins SET log = max(log, ?) WHERE id = ?'),
  drop: db.prepare('DELETE FROM logs WHERE id <= (SELECT max(id) FROM logs) - ?'),
  of: db.prepare('SELECT id, origin, json FROM logs WHERE trace_id = ? ORDER BY time, id'),
})
