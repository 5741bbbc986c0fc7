/** What stands in such a list: its neighbours there. */
export interface Aged<T> {
  older: T | undefined
  newer: T | undefined
}

/**
 * A list that anything can leave at any time, the oldest first. A Set costs more: each table that it grows out of refers
 * to the next, so that once one of them is old, all that passes through it is kept until the next full collection.
 */
export class ByAge<T extends Aged<T>> {
  #oldest: T | undefined
  #newest: T | undefined
  #size = 0

  get size(): number {
    return this.#size
  }

  get oldest(): T | undefined {
    return this.#oldest
  }

  add(item: T): void {
    item.older = this.#newest
    if (this.#newest === undefined) this.#oldest = item
    else this.#newest.newer = item
    this.#newest = item
    this.#size += 1
  }

  delete(item: T): void {
    const { older, newer } = item
    if (older === undefined) this.#oldest = newer
    else older.newer = newer
    if (newer === undefined) this.#newest = older
    else newer.older = older
    item.older = undefined
    item.newer = undefined
    this.#size -= 1
  }

  /** All of them; the one that is given may be deleted meanwhile. */
  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (let item = this.#oldest; item !== undefined; ) {
      const { newer } = item
      yield item
      item = newer
    }
  }
}
