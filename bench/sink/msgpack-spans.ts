/**
 * How many spans a Datadog agent is sent at `/v0.4/traces`: an array of traces, each an array of spans, in
 * MessagePack; throws where it is none.
 */
export function countMsgpackSpans(body: Buffer): number {
  const reader = new MsgpackReader(body)
  let count = 0
  for (let traces = reader.arrayLength(); traces > 0; traces--) {
    const spans = reader.arrayLength()
    count += spans
    reader.skip(spans)
  }
  return count
}

/** Reads lengths of arrays and passes over all else (https://github.com/msgpack/msgpack/blob/master/spec.md). */
class MsgpackReader {
  readonly #body: Buffer
  #at = 0

  constructor(body: Buffer) {
    this.#body = body
  }

  arrayLength(): number {
    const type = this.#number(1)
    if (type >= 0x90 && type <= 0x9f) return type - 0x90
    if (type === 0xdc) return this.#number(2)
    if (type === 0xdd) return this.#number(4)
    throw new Error(`msgpack: 0x${type.toString(16)} where an array was expected`)
  }

  /** Passes over `count` values, whatever is in them. */
  skip(count: number): void {
    for (let left = count; left > 0; left--) left += this.#skipHead()
    if (this.#at > this.#body.length) throw new Error('msgpack: it ends in the middle of a value')
  }

  /** Passes over a value without its members; returns how many members follow. */
  #skipHead(): number {
    const type = this.#number(1)
    if (type <= 0x7f || type >= 0xe0) return 0
    if (type <= 0x8f) return 2 * (type - 0x80)
    if (type <= 0x9f) return type - 0x90
    if (type <= 0xbf) return this.#pass(type - 0xa0)
    if (type <= 0xc3) return 0 // nil and booleans
    if (type <= 0xc6) return this.#pass(this.#number(2 ** (type - 0xc4))) // bin
    if (type <= 0xc9) return this.#pass(this.#number(2 ** (type - 0xc7)) + 1) // ext
    if (type === 0xca) return this.#pass(4)
    if (type === 0xcb) return this.#pass(8)
    if (type <= 0xd3) return this.#pass(2 ** ((type - 0xcc) % 4)) // whole numbers
    if (type <= 0xd8) return this.#pass(2 ** (type - 0xd4) + 1) // fixext
    if (type <= 0xdb) return this.#pass(this.#number(2 ** (type - 0xd9))) // str
    if (type <= 0xdd) return this.#number(2 ** (type - 0xdb)) // array
    return 2 * this.#number(2 ** (type - 0xdd)) // map
  }

  #pass(bytes: number): number {
    this.#at += bytes
    return 0
  }

  #number(bytes: number): number {
    if (this.#at + bytes > this.#body.length) {
      throw new Error('msgpack: it ends in the middle of a value')
    }
    const value = this.#body.readUIntBE(this.#at, bytes)
    this.#at += bytes
    return value
  }
}
