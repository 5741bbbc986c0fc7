import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** The name of a span and the number of its kind in OTLP. */
export interface Operation {
  name: string
  kind: number
}

/**
 * Which operations each service has, in memory: few, and an index of every span's name would take a sixth of the
 * time to write it.
 */
export class Operations {
  readonly #db: DatabaseSync
  readonly #ofService = new Map<string, Map<string, Set<number>>>()
  #size = 0
  #enough = 0

  constructor(db: DatabaseSync) {
    this.#db = db
    this.readAgain()
  }

  add(service: string, name: string, kind: number): void {
    const ofService = this.#ofService.get(service) ?? new Map<string, Set<number>>()
    this.#ofService.set(service, ofService)
    const kinds = ofService.get(name)
    if (kinds) kinds.add(kind)
    else {
      ofService.set(name, new Set([kind]))
      this.#size += 1
    }
  }

  /** The operations of a service by name. */
  of(service: string): Operation[] {
    const byName = [...(this.#ofService.get(service) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
    return byName.flatMap(([name, kinds]) => [...kinds].sort().map((kind) => ({ name, kind })))
  }

  /** Lets go what no span has any more, once there are so many of them: finding out reads all spans. */
  forgetUnused(enough = this.#enough): void {
    if (this.#size >= enough) this.readAgain()
  }

  /** Reads what is in the table, as after changes that were taken back. */
  readAgain(): void {
    this.#ofService.clear()
    this.#size = 0
    for (const row of this.#db
      .prepare('SELECT DISTINCT service, name, kind FROM spans')
      .iterate()) {
      const { service, name, kind } = operationRow.parse(row)
      this.add(service, name, kind)
    }
    this.#enough = Math.max(1000, 2 * this.#size)
  }
}

const operationRow = z.object({ service: z.string(), name: z.string(), kind: z.number() })
