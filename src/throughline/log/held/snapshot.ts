import { types } from 'node:util'

/** How deep values are copied, and how many of one line. */
const DEPTH = 16
const VALUES = 1000
/** Up to here a buffer is copied, in bytes. */
const BUFFER_BYTES = 256

/** What a value takes in memory besides its text, by estimate, in bytes. */
const VALUE_BYTES = 16

const LEFT_OUT = '[left out]'

/** What stands for a value that throws at whoever reads it. */
export const UNREADABLE = '[unable to read]'

/** Copies the values of one line as JSON will show them, so that nobody changes them any more. */
export class Snapshot {
  /** What the copies take in memory, by estimate. */
  bytes = 0
  #values = 0
  readonly #around: object[] = []

  /** The value as it is now; never throws. */
  of(value: unknown): unknown {
    this.bytes += VALUE_BYTES
    if (typeof value === 'string') this.bytes += value.length
    if (typeof value !== 'object' || value === null) return value
    const depth = this.#around.length
    try {
      return this.#ofObject(value)
    } catch {
      this.#around.length = depth
      return UNREADABLE
    }
  }

  #ofObject(value: object): unknown {
    if (this.#around.includes(value)) return '[Circular]'
    if (this.#around.length >= DEPTH) return LEFT_OUT
    this.#around.push(value)
    const copy = Array.isArray(value) ? this.#ofList(value) : this.#ofOther(value)
    this.#around.pop()
    return copy
  }

  #ofList(values: readonly unknown[]): unknown[] {
    const copy: unknown[] = []
    for (const value of values) {
      if (this.#isFull()) {
        copy.push(LEFT_OUT)
        break
      }
      copy.push(this.of(value))
    }
    return copy
  }

  #ofOther(value: object): unknown {
    if (ArrayBuffer.isView(value) && value.byteLength > BUFFER_BYTES) {
      return `[${value.byteLength} bytes]`
    }
    if ('toJSON' in value && typeof value.toJSON === 'function') {
      const json: unknown = value.toJSON('')
      if (typeof json !== 'object' || json === null) return this.of(json)
      return Array.isArray(json) ? this.#ofList(json) : this.#ofFields(json)
    }
    return types.isBoxedPrimitive(value) ? value.valueOf() : this.#ofFields(value)
  }

  #ofFields(fields: object): object {
    const copy: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(fields)) {
      if (this.#isFull()) {
        copy[LEFT_OUT] = true
        break
      }
      this.bytes += key.length
      // Assigned, this one would be the copy's prototype.
      if (key !== '__proto__') copy[key] = this.of(value)
    }
    return copy
  }

  #isFull(): boolean {
    this.#values += 1
    return this.#values > VALUES
  }
}
