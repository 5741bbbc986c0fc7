import type { DatabaseSync } from 'node:sqlite'
import { type OtlpOrigin, otlpOrigin, serviceName } from '../receiver/otlp.ts'
import { carries } from './attributes.ts'
import { columnOf, numberOf } from './rows.ts'

/** The distinct resources and scopes of what is stored: few, so each is kept once, and read once. */
export class Origins {
  readonly #sql: ReturnType<typeof statements>
  readonly #read = new Map<number, OtlpOrigin>()

  constructor(db: DatabaseSync) {
    this.#sql = statements(db)
  }

  /** The number of this origin, given on first sight. */
  intern(origin: OtlpOrigin): number {
    const json = JSON.stringify(origin)
    return numberOf(this.#sql.find, json) || numberOf(this.#sql.add, json)
  }

  get(id: number): OtlpOrigin {
    const known = this.#read.get(id)
    if (known) return known
    const [json] = columnOf(this.#sql.json, id)
    if (json === undefined) throw new Error(`the store names an origin ${id} that it does not have`)
    const origin = otlpOrigin.parse(JSON.parse(String(json)))
    this.#read.set(id, origin)
    return origin
  }

  /** The services that have spans here, by name. */
  services(): string[] {
    const ids = columnOf(this.#sql.ofSpans).map(Number)
    return [...new Set(ids.map((id) => serviceName(this.get(id))))].sort()
  }

  /** The origins whose resource or scope carries the attribute. */
  withAttribute(key: string, text: string): number[] {
    const has = ({ resource, scope }: OtlpOrigin) =>
      carries([...(resource.attributes ?? []), ...(scope.attributes ?? [])], key, text)
    return columnOf(this.#sql.all)
      .map(Number)
      .filter((id) => has(this.get(id)))
  }

  /** Lets those go that no trace and no log record has any more. */
  dropUnused(): void {
    // Their numbers are given again.
    if (this.#sql.dropUnused.run().changes > 0) this.#read.clear()
  }
}

const statements = (db: DatabaseSync) => ({
  find: db.prepare('SELECT id FROM origins WHERE json = ?'),
  add: db.prepare('INSERT INTO origins (json, trace, log) VALUES (?, 0, 0) RETURNING id'),
  json: db.prepare('SELECT json FROM origins WHERE id = ?'),
  all: db.prepare('SELECT id FROM origins'),
  ofSpans: db.prepare('SELECT id FROM origins WHERE trace >= (SELECT min(seq) FROM traces)'),
  dropUnused: db.prepare(
    `DELETE FROM origins WHERE trace < (SELECT coalesce(min(seq), 9e15) FROM traces)
       AND log < (SELECT coalesce(min(id), 9e15) FROM logs)`,
  ),
})
