/** What was started, to be ended the other way round. */
export class Ends {
  readonly #ends: (() => unknown)[] = []

  /** Ends it with the rest, the last first. */
  add(end: () => unknown): void {
    this.#ends.unshift(end)
  }

  /** Ends all, one after the other; rejects with what failed first, once all is tried. */
  async end(): Promise<void> {
    const failures: unknown[] = []
    for (const end of this.#ends) {
      try {
        await end()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
}
