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

type Fields = Record<string, unknown>

/** Copies the values of one line as JSON will show them, so that nobody changes them any more. */
export class Snapshot {
  /** What the copies take in memory, by estimate. */
  bytes = 0
  #values = 0

  /** The value as it is now, within the objects `around` it; never throws. */
  of(value: unknown, around: readonly object[] = []): unknown {
    this.bytes += VALUE_BYTES
    if (typeof value === 'string') this.bytes += value.length
    if (typeof value !== 'object' || value === null) return value
    if (around.includes(value)) return '[Circular]'
    if (around.length >= DEPTH) return LEFT_OUT
    try {
      return this.#ofObject(value, [...around, value])
    } catch {
      return UNREADABLE
    }
  }

  #ofObject(value: object, around: readonly object[]): unknown {
    if (Array.isArray(value)) return this.#ofList(value, around)
    if (ArrayBuffer.isView(value) && value.byteLength > BUFFER_BYTES) {
      return `[${value.byteLength} bytes]`
    }
    if ('toJSON' in value && typeof value.toJSON === 'function') {
      const json: unknown = value.toJSON('')
      if (Array.isArray(json)) return this.#ofList(json, around)
      return isFields(json) ? this.#ofFields(json, around) : this.of(json)
    }
    if (types.isBoxedPrimitive(value)) return value.valueOf()
    return isFields(value) ? this.#ofFields(value, around) : undefined
  }

  #ofList(values: readonly unknown[], around: readonly object[]): unknown[] {
    const copy: unknown[] = []
    for (const value of values) {
      if (this.#isFull()) {
        copy.push(LEFT_OUT)
        break
      }
      copy.push(this.of(value, around))
    }
    return copy
  }

  #ofFields(fields: Fields, around: readonly object[]): Fields {
    const copy: Fields = {}
    for (const name of Object.keys(fields)) {
      if (this.#isFull()) {
        copy[LEFT_OUT] = true
        break
      }
      this.bytes += name.length
      const value = this.of(fields[name], around)
      // Assigned, this one would be the copy's prototype.
      if (name === '__proto__') Object.defineProperty(copy, name, { value, enumerable: true })
      else copy[name] = value
    }
    return copy
  }

  #isFull(): boolean {
    this.#values += 1
    return this.#values > VALUES
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
