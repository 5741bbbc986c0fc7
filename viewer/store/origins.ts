import { type OtlpOrigin, otlpOrigin, serviceName } from '../receiver/otlp.ts'
import { carries } from './attributes.ts'
import type { Database } from './database.ts'

/** The distinct resources and scopes of what is stored: few, so each is kept once, and read once. */
export class Origins {
  readonly #db: Database
  readonly #read = new Map<number, OtlpOrigin>()

  constructor(db: Database) {
    this.#db = db
  }

  /** The number of this origin, given on first sight. */
  intern(origin: OtlpOrigin): number {
    const json = JSON.stringify(origin)
    const add = 'INSERT INTO origins (json, trace, log) VALUES (?, 0, 0) RETURNING id'
    return (
      this.#db.number('SELECT id FROM origins WHERE json = ?', json) || this.#db.number(add, json)
    )
  }

  get(id: number): OtlpOrigin {
    const known = this.#read.get(id)
    if (known) return known
    const [json] = this.#db.column('SELECT json FROM origins WHERE id = ?', id)
    if (json === undefined) throw new Error(`the store names an origin ${id} that it does not have`)
    const origin = otlpOrigin.parse(JSON.parse(String(json)))
    this.#read.set(id, origin)
    return origin
  }

  /** The services that have spans here, by name. */
  services(): string[] {
    const ids = 'SELECT id FROM origins WHERE trace >= (SELECT min(seq) FROM traces)'
    const names = this.#db.column(ids).map((id) => serviceName(this.get(Number(id))))
    return [...new Set(names)].sort()
  }

  /** The origins whose resource or scope carries the attribute. */
  withAttribute(key: string, text: string): number[] {
    const has = ({ resource, scope }: OtlpOrigin) =>
      carries([...(resource.attributes ?? []), ...(scope.attributes ?? [])], key, text)
    const ids = this.#db.column('SELECT id FROM origins').map(Number)
    return ids.filter((id) => has(this.get(id)))
  }

  /** Lets those go that no trace and no log record has any more. */
  dropUnused(): void {
    const { changes } = this.#db.run(
      `DELETE FROM origins WHERE trace < (SELECT coalesce(min(seq), 9e15) FROM traces)
         AND log < (SELECT coalesce(min(id), 9e15) FROM logs)`,
    )
    // Their numbers are given again.
    if (changes > 0) this.#read.clear()
  }
}
