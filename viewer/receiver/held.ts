import { BodyError } from '../http/body.ts'

/** Of one request: what it takes of the bytes that all may hold. */
interface Share {
  /** Takes more, or throws a BodyError (503) where that would be too much. */
  take(bytes: number): void
  /** Gives all back, once. */
  giveBack(): void
}

/** What requests hold in memory at once, whichever protocol they come by: bounded, since senders try again. */
export class Held {
  readonly #most: number
  #bytes = 0

  /** @param most bytes */
  constructor(most: number) {
    this.#most = most
  }

  share(): Share {
    let own = 0
    return {
      take: (bytes) => {
        if (this.#bytes + bytes > this.#most)
          throw new BodyError(503, 'too much is being sent at once: send this again')
        own += bytes
        this.#bytes += bytes
      },
      giveBack: () => {
        this.#bytes -= own
        own = 0
      },
    }
  }
}
