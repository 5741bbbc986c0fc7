import { EventEmitter } from 'node:events'
import { statfsSync } from 'node:fs'

/** There is no room for what was to be written: none of it is kept, and of what was there nothing is lost. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull'
}

/** The disk under the store's file; emits `full` once it has no room, and `room` once it has some again. */
export class Disk extends EventEmitter<{ full: [DiskFull]; room: [] }> {
  readonly #file: string
  /** Bytes that were free when it was full; undefined while it is not. */
  #free: number | undefined

  constructor(file: string) {
    super()
    this.#file = file
  }

  /** Runs what writes; throws a DiskFull where there is no room for it. */
  write<T>(work: () => T): T {
    const result = this.#attempt(work)
    // A small batch may fit where a large one did not, or into what that has left of SQLite's log: no room yet.
    if (this.#free !== undefined && freeBytes(this.#file) > this.#free) {
      this.#free = undefined
      this.emit('room')
    }
    return result
  }

  #attempt<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (!isFull(error)) throw error
      const full = new DiskFull(`no room on the disk of ${this.#file}: make some there`, {
        cause: error,
      })
      const news = this.#free === undefined
      this.#free = freeBytes(this.#file)
      if (news) this.emit('full', full)
      throw full
    }
  }
}

/** SQLITE_FULL, see https://www.sqlite.org/rescode.html#full */
const isFull = (error: unknown) =>
  error instanceof Error && 'errcode' in error && error.errcode === 13

function freeBytes(file: string): number {
  const { bavail, bsize } = statfsSync(file)
  return bavail * bsize
}
