import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { textOf } from '../receiver/any-value.ts'
import type { OtlpSpan } from '../receiver/otlp.ts'

/** With a dozen attributes to each of some 500 spans, about one test in a hundred says yes in vain. */
const bits = 2 ** 16

/**
 * Which attributes occur in which bucket of spans: a Bloom filter for each, so that a search reads few
 * buckets. An index of each attribute of each span, tried first, cost four times as much to write as all the rest.
 */
export class AttributeFilters {
  readonly #db: DatabaseSync
  readonly #filters = new Map<number, Uint8Array>()
  readonly #unsaved = new Set<number>()

  constructor(db: DatabaseSync) {
    this.#db = db
    for (const row of db.prepare('SELECT bucket, filter FROM buckets').all()) {
      const { bucket, filter } = filterRow.parse(row)
      this.#filters.set(bucket, filter)
    }
  }

  add(bucket: number, span: OtlpSpan): void {
    const filter = this.#filters.get(bucket) ?? new Uint8Array(bits / 8)
    this.#filters.set(bucket, filter)
    for (const { key, value } of searchable(span)) {
      const [a, b] = hash(key, textOf(value))
      for (const bit of [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16])
        filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7))
    }
    this.#unsaved.add(bucket)
  }

  /** Whether a span of the bucket may carry the attribute; false is certain. */
  mayHave(bucket: number, key: string, text: string): boolean {
    const filter = this.#filters.get(bucket)
    if (!filter) return false
    const [a, b] = hash(key, text)
    return [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16].every(
      (bit) => ((filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0,
    )
  }

  /** The buckets there are, the latest first. */
  latestFirst(): number[] {
    return [...this.#filters.keys()].sort((a, b) => b - a)
  }

  /** Writes what has changed; part of the transaction that changed it. */
  save(): void {
    const write = this.#db.prepare('INSERT OR REPLACE INTO buckets VALUES (?, ?)')
    for (const bucket of this.#unsaved) write.run(bucket, this.#filters.get(bucket) ?? null)
    this.#unsaved.clear()
  }

  /** Lets the buckets before this one go, in memory and in the file; says whether there were any. */
  dropBefore(first: number): boolean {
    const gone = [...this.#filters.keys()].filter((bucket) => bucket < first)
    for (const bucket of gone) this.#filters.delete(bucket)
    this.#db.prepare('DELETE FROM buckets WHERE bucket < ?').run(first)
    return gone.length > 0
  }
}

const filterRow = z.object({ bucket: z.number(), filter: z.instanceof(Uint8Array) })

/** What a search by attribute looks at in a span, beside its resource and scope: as Jaeger, its events too. */
export const searchable = (span: OtlpSpan) => [
  ...(span.attributes ?? []),
  ...(span.events ?? []).flatMap((event) => event.attributes ?? []),
]

/** Two multiplicative hashes of 32 bits over the attribute's name and text. */
function hash(key: string, text: string): [number, number] {
  let a = 0x811c9dc5
  let b = 0x9e3779b9
  const all = `${key}\0${text}`
  for (let index = 0; index < all.length; index++) {
    const code = all.charCodeAt(index)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x85ebca6b)
    b ^= b >>> 15
  }
  return [a ^ (a >>> 15), b]
}
