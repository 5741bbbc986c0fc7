import { BodyError } from '../../http/body.ts'

/** What follows a field's number, as its lowest three bits say. */
export const wire = { varint: 0, fixed64: 1, length: 2, group: 3, groupEnd: 4, fixed32: 5 } as const
export type Wire = (typeof wire)[keyof typeof wire]

/** Deeper than any OTLP message that is read, and as deep as protobuf's own readers go. */
const maxDepth = 100

/**
 * Reads protobuf's wire format. Throws a BodyError (400) that says at which byte it breaks off, or makes no sense: no
 * value goes past the end of the message that it is in.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class WireReader {
  readonly #bytes: Buffer
  #at = 0
  #end: number
  #depth = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#end = bytes.length
  }

  /** Whether the message that is being read has no more fields. */
  get isAtEnd(): boolean {
    return this.#at === this.#end
  }

  /** A varint, of which the low 32 bits count: a tag, a length, an enum. */
  uint32(): number {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte()
      if (shift < 32) value |= (byte & 127) << shift
      if (byte < 128) return value >>> 0
    }
    throw this.#broken('a number has more than ten bytes')
  }

  /** A varint as a signed integer in decimal digits. */
  int64(): string {
    let value = 0
    for (let scale = 1; scale < 2 ** 49; scale *= 128) {
      const byte = this.#byte()
      value += (byte & 127) * scale
      if (byte < 128) return String(value)
    }
    let all = BigInt(value)
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#byte()
      all |= BigInt(byte & 127) << shift
      if (byte < 128) return BigInt.asIntN(64, all).toString()
    }
    throw this.#broken('a number has more than ten bytes')
  }

  fixed32(): number {
    return this.#bytes.readUInt32LE(this.#past(4))
  }

  /** Unsigned, in decimal digits. */
  fixed64(): string {
    return this.#bytes.readBigUInt64LE(this.#past(8)).toString()
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#past(8))
  }

  text(encoding: 'utf8' | 'hex' | 'base64'): string {
    const start = this.#past(this.uint32())
    return this.#bytes.toString(encoding, start, this.#at)
  }

  /** Reads a message within this one; undefined, and the message left out, where it is too deep. */
  message<T>(read: () => T): T | undefined {
    const start = this.#past(this.uint32())
    if (this.#depth === maxDepth) return undefined
    const outer = this.#end
    this.#end = this.#at
    this.#at = start
    this.#depth += 1
    const value = read()
    this.#depth -= 1
    this.#end = outer
    return value
  }

  /** Leaves out a field that nobody knows here. */
  skip(type: number): void {
    for (let groups = type === wire.group ? 1 : this.#skipValue(type); groups > 0; ) {
      const inner = this.uint32() & 7
      if (inner === wire.groupEnd) groups -= 1
      else if (inner === wire.group) groups += 1
      else this.#skipValue(inner)
    }
  }

  #skipValue(type: number): 0 {
    if (type === wire.varint) this.uint32()
    else if (type === wire.fixed64) this.#past(8)
    else if (type === wire.length) this.#past(this.uint32())
    else if (type === wire.fixed32) this.#past(4)
    else throw this.#broken(`no field begins like this (wire type ${type})`)
    return 0
  }

  #byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined || this.#at >= this.#end)
      throw this.#broken('the message ends too early')
    this.#at += 1
    return byte
  }

  /** Goes past as many bytes, and gives where they begin. */
  #past(length: number): number {
    const start = this.#at
    const left = this.#end - start
    if (length > left)
      throw this.#broken(`a value of ${length} bytes begins where the message has ${left} left`)
    this.#at += length
    return start
  }

  #broken(what: string): BodyError {
    return new BodyError(400, `broken protobuf at byte ${this.#at}: ${what}`)
  }
}
