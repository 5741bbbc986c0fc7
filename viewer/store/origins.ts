import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { textOf } from '../receiver/any-value.ts'
import { type OtlpOrigin, otlpOrigin, serviceName } from '../receiver/otlp.ts'

/** Whose they are: the same resource and scope stand once for each. */
type Owner = 'traces' | 'logs'
interface Interned {
  id: number
  service: string
  signal: Owner
  origin: OtlpOrigin
}

/** The distinct resources and scopes of what is stored: few, so each is kept once and in memory too. */
export class Origins {
  readonly #db: DatabaseSync
  readonly #byId = new Map<number, Interned>()
  readonly #byJson = new Map<string, Interned>()
  #enough = 100

  constructor(db: DatabaseSync) {
    this.#db = db
    this.readAgain()
  }

  /** Reads what is in the table, as after changes that were taken back. */
  readAgain(): void {
    this.#byId.clear()
    this.#byJson.clear()
    for (const row of this.#db.prepare('SELECT id, signal, json FROM origins').all()) {
      const { id, signal, json } = originRow.parse(row)
      this.#remember({ id, signal, ...named(otlpOrigin.parse(JSON.parse(json))) }, json)
    }
  }

  /** The number of this origin, given on first sight. */
  intern(signal: Owner, origin: OtlpOrigin): Interned {
    const json = JSON.stringify(origin)
    const known = this.#byJson.get(signal + json)
    if (known) return known
    const row = this.#db
      .prepare('INSERT INTO origins (signal, json) VALUES (?, ?) RETURNING id, signal, json')
      .get(signal, json)
    return this.#remember({ id: originRow.parse(row).id, signal, ...named(origin) }, json)
  }

  #remember(interned: Interned, json: string): Interned {
    this.#byId.set(interned.id, interned)
    this.#byJson.set(interned.signal + json, interned)
    return interned
  }

  get(id: number): OtlpOrigin {
    const known = this.#byId.get(id)
    if (!known) throw new Error(`the store names an origin ${id} that it does not have`)
    return known.origin
  }

  /** The services that have sent spans, by name. */
  services(): string[] {
    const spans = [...this.#byId.values()].filter(({ signal }) => signal === 'traces')
    return [...new Set(spans.map(({ service }) => service))].sort()
  }

  /** The origins whose resource or scope carries the attribute. */
  withAttribute(key: string, text: string): number[] {
    const carries = ({ origin: { resource, scope } }: Interned) =>
      [...(resource.attributes ?? []), ...(scope.attributes ?? [])].some(
        (attribute) => attribute.key === key && textOf(attribute.value) === text,
      )
    return [...this.#byId.values()].filter(carries).map(({ id }) => id)
  }

  /** Lets go what nothing refers to any more, once there are so many of them: finding out reads all spans. */
  forgetUnused(enough = this.#enough): void {
    if (this.#byId.size < enough) return
    this.#db.exec(
      'DELETE FROM origins WHERE id NOT IN (SELECT origin FROM spans UNION SELECT origin FROM logs)',
    )
    this.readAgain()
    this.#enough = Math.max(100, 2 * this.#byId.size)
  }
}

const originRow = z.object({
  id: z.number(),
  signal: z.enum(['traces', 'logs']),
  json: z.string(),
})
const named = (origin: OtlpOrigin) => ({ origin, service: serviceName(origin) })
