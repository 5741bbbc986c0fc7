import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** The name of a span and the number of its kind in OTLP. */
export interface Operation {
  name: string
  kind: number
}

/** The numbers of the kinds, by service and by name. */
type Known = Map<string, Map<string, Set<number>>>

/**
 * Which operations each service has, in memory: few, and an index of every span's name would take a sixth of the
 * time to write it. They are read from the spans when they are asked for, and kept up from there.
 */
export class Operations {
  readonly #db: DatabaseSync
  /** Undefined until they are asked for. */
  #known: Known | undefined
  #size = 0
  #enough = 0

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  add(service: string, name: string, kind: number): void {
    if (this.#known) this.#remember(this.#known, service, name, kind)
  }

  /** The operations of a service by name. */
  of(service: string): Operation[] {
    this.#known ??= this.#read()
    const byName = [...(this.#known.get(service) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
    return byName.flatMap(([name, kinds]) => [...kinds].sort().map((kind) => ({ name, kind })))
  }

  /** Lets go what no span may have any more, once there are so many of them: finding out reads all spans. */
  forgetUnused(): void {
    if (this.#size >= this.#enough) this.forget()
  }

  /** Lets all go, as after changes that were taken back. */
  forget(): void {
    this.#known = undefined
  }

  #read(): Known {
    const known: Known = new Map()
    this.#size = 0
    const all = this.#db.prepare('SELECT DISTINCT service, name, kind FROM spans')
    for (const row of all.iterate()) {
      const { service, name, kind } = operationRow.parse(row)
      this.#remember(known, service, name, kind)
    }
    this.#enough = Math.max(1000, 2 * this.#size)
    return known
  }

  #remember(known: Known, service: string, name: string, kind: number): void {
    const ofService = known.get(service) ?? new Map<string, Set<number>>()
    const kinds = ofService.get(name) ?? new Set()
    if (kinds.size === 0) this.#size += 1
    known.set(service, ofService.set(name, kinds.add(kind)))
  }
}

const operationRow = z.object({ service: z.string(), name: z.string(), kind: z.number() })
