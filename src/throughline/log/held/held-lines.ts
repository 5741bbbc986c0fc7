import type { HeldLine } from './held-line.ts'

/** How much is held of one request; what is beyond goes, the oldest first. */
export const BOUNDS = {
  lines: 200,
  /** What the lines take in memory, by estimate. */
  bytes: 256_000,
}

/** The lines of one request (or job) that are written only if it fails. */
export class HeldLines {
  #lines: HeldLine[] = []
  #bytes = 0
  /** How many lines were let go, and the last of them. */
  #gone = 0
  #last: HeldLine | undefined
  #failed = false

  /** Whether the request has failed: its lines are written at once from then on. */
  get failed(): boolean {
    return this.#failed
  }

  hold(line: HeldLine): void {
    // One that is too large goes alone, where it would take all the others with it.
    if (line.bytes > BOUNDS.bytes) {
      this.#letGo(line)
      return
    }
    this.#lines.push(line)
    this.#bytes += line.bytes
    while (this.#lines.length > BOUNDS.lines || this.#bytes > BOUNDS.bytes) {
      const oldest = this.#lines.shift()
      if (oldest === undefined) return
      this.#bytes -= oldest.bytes
      this.#letGo(oldest)
    }
  }

  /** Writes what is held, in order. */
  fail(): void {
    this.#failed = true
    const lines = this.#lines
    const gone = this.#gone
    const last = this.#last
    this.drop()
    last?.writeInstead({ lines: gone }, 'older lines let go')
    for (const line of lines) line.write()
  }

  /** Keeps nothing of what is held. */
  drop(): void {
    this.#lines = []
    this.#bytes = 0
    this.#gone = 0
    this.#last = undefined
  }

  #letGo(line: HeldLine): void {
    line.empty()
    this.#gone += 1
    this.#last = line
  }
}
