import { writeSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** How much is kept, and how long is waited, where a log cannot be written. */
export const LIMITS = {
  /** Some forty thousand lines, in characters; more are lost. */
  keptLength: 10_000_000,
  /** A reader that is only slow has read something by then; in milliseconds. */
  patienceMs: 5000,
  /** The exit waits for a reader no longer, since nothing is answered meanwhile; in milliseconds. */
  exitMs: 300,
}

/** The lines of a turn of the event loop are written together, up to this length in characters. */
const TOGETHER_LENGTH = 65_536

/** The longest wait before the next try, in milliseconds. */
const LONGEST_WAIT_MS = 100

const LINE_FEED = 0x0a

/** Nobody wakes it: Atomics.wait on it only lets time pass. */
const SLEEP = new Int32Array(new SharedArrayBuffer(4))

/**
 * Where log lines go: to a descriptor that may be full, or that nobody reads. Nothing waits for it: lines are kept,
 * then lost and counted, until it can be written again. `say` gets a sentence when that begins, one when it is over,
 * and one at the exit about lines that are lost by it.
 *
 * The descriptor has to be one that does not block, as unblocked() makes it.
 */
export class LogDestination {
  readonly #fd: number
  readonly #say: (sentence: string) => void
  readonly #limits: typeof LIMITS
  /** Text, the first of it perhaps written in part, and after it lines that are not joined to a piece of text yet. */
  #pieces: Buffer[] = []
  #text = ''
  #lines = 0
  #length = 0
  #lost = 0
  #scheduled = false
  /** The wait before the next try, in milliseconds; 0 while all is well. */
  #waitMs = 0
  #fullSince: number | undefined
  #stuck = false
  #said = false
  #exiting = false

  constructor(fd: number, say: (sentence: string) => void, limits = LIMITS) {
    this.#fd = fd
    this.#say = say
    this.#limits = limits
  }

  write(line: string): void {
    if (this.#length > 0 && this.#length + line.length > this.#limits.keptLength) {
      this.#lost += 1
      this.#sayOnce('it is read too slowly')
      return
    }
    this.#text += line
    this.#lines += 1
    this.#length += line.length
    if (this.#text.length > TOGETHER_LENGTH) this.#gather()
    if (this.#exiting || (this.#waitMs === 0 && this.#pieces.length > 0)) this.flushSync()
    else if (!this.#scheduled) this.#schedule()
  }

  /** Writes what goes at once; pino calls it after a fatal line. */
  flushSync(): void {
    try {
      if (this.#lines > 0) this.#gather()
      for (let piece = this.#pieces[0]; piece !== undefined; piece = this.#pieces[0]) {
        this.#write(piece)
      }
      this.#recover()
    } catch (error) {
      this.#postpone(error)
    }
  }

  /** Resolves when every line is written, when none can be, or after `budgetMs`. */
  async written(budgetMs: number): Promise<void> {
    const deadline = performance.now() + budgetMs
    this.flushSync()
    while (this.#waitMs > 0 && !this.#stuck && performance.now() < deadline) {
      await delay(this.#waitMs)
    }
  }

  /** The last of it, for the process's `exit` event: waits a little for a reader, and says what is lost. */
  readonly end = (): void => {
    this.#exiting = true
    const deadline = performance.now() + this.#limits.exitMs
    this.flushSync()
    while (this.#fullSince !== undefined && performance.now() < deadline) {
      Atomics.wait(SLEEP, 0, 0, 5)
      this.flushSync()
    }
    const lost = this.#lost + this.#unwritten()
    if (lost > 0) this.#say(`The log could not be written to its end; lines lost: ${lost}.`)
  }

  /** Joined, a line takes no more memory than its text, where pino's string of it takes ten times as much. */
  #gather(): void {
    const piece = Buffer.from(this.#text)
    this.#pieces.push(piece)
    this.#length += piece.length - this.#text.length
    this.#text = ''
    this.#lines = 0
  }

  #write(piece: Buffer): void {
    const written = writeSync(this.#fd, piece)
    if (written === piece.length) this.#pieces.shift()
    else this.#pieces[0] = piece.subarray(written)
    this.#length -= written
    this.#fullSince = undefined
    this.#waitMs = 0
    this.#stuck = false
  }

  #recover(): void {
    if (!this.#said) return
    this.#say(`The log is written again; lines lost: ${this.#lost}.`)
    this.#said = false
    this.#lost = 0
  }

  /** A pipe may be full for a moment; anything else is worth a word at once. */
  #postpone(error: unknown): void {
    if (isFull(error)) {
      this.#fullSince ??= performance.now()
      if (performance.now() - this.#fullSince >= this.#limits.patienceMs)
        this.#isStuck('nobody reads it')
    } else {
      this.#fullSince = undefined
      this.#isStuck(error instanceof Error ? error.message : String(error))
    }
    this.#waitMs = Math.min(this.#waitMs * 2 || 1, LONGEST_WAIT_MS)
    if (!this.#scheduled) this.#schedule()
  }

  #schedule(): void {
    this.#scheduled = true
    if (this.#waitMs === 0) setImmediate(this.#tryAgain)
    else {
      const timer = setTimeout(this.#tryAgain, this.#waitMs)
      if (this.#stuck) timer.unref()
    }
  }

  readonly #tryAgain = (): void => {
    this.#scheduled = false
    this.flushSync()
  }

  #isStuck(why: string): void {
    this.#stuck = true
    this.#sayOnce(why)
  }

  #sayOnce(why: string): void {
    if (this.#said) return
    this.#said = true
    this.#say(
      `The log cannot be written: ${why}. Make room, or read it: lines beyond ${this.#limits.keptLength / 1e6} MB are lost.`,
    )
  }

  #unwritten(): number {
    let count = this.#lines
    for (const piece of this.#pieces) for (const byte of piece) if (byte === LINE_FEED) count += 1
    return count
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
}
