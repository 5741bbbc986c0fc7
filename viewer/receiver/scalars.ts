import { type BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { Odd, type Type } from './field.ts'

/** A value of one kind: what reads it from protobuf, and from JSON, there undefined where it is not `what` it should be. */
function scalar<T>(
  wire: WireType,
  binary: (reader: BinaryReader) => unknown,
  what: string,
  read: (input: unknown) => T | undefined,
): Type<T> {
  return {
    wire,
    binary,
    json(input) {
      const value = read(input)
      if (value === undefined) throw new Odd(`not ${what}`)
      return value
    },
  }
}

const { LengthDelimited, Varint, Bit32, Bit64 } = WireType
const isText = (input: unknown) => (typeof input === 'string' ? input : undefined)
const bytesAs = (encoding: 'hex' | 'base64') => (reader: BinaryReader) => {
  const { buffer, byteOffset, byteLength } = reader.bytes()
  return Buffer.from(buffer, byteOffset, byteLength).toString(encoding)
}

export const text = scalar(LengthDelimited, (reader) => reader.string(), 'a string', isText)
export const bytes = scalar(LengthDelimited, bytesAs('base64'), 'a string of base64', isText)
export const bool = scalar(
  Varint,
  (reader) => reader.bool(),
  'true or false',
  (input) => (typeof input === 'boolean' ? input : undefined),
)

/** What is read of these digits is a string: a number of JavaScript has not as many. */
const digits = (allowed: RegExp) => (input: unknown) => {
  const text = Number.isInteger(input) ? BigInt(Number(input)).toString() : input
  return typeof text === 'string' && allowed.test(text) ? text : undefined
}
export const integer = scalar(
  Varint,
  (reader) => String(reader.int64()),
  'an integer',
  digits(/^-?\d{1,20}$/),
)
export const unixNano = scalar(
  Bit64,
  (reader) => String(reader.fixed64()),
  'nanoseconds since 1970',
  digits(/^\d{1,20}$/),
)

/** JSON has no number for NaN and the infinities, and protobuf's JSON their names. */
export const double = scalar(
  Bit64,
  (reader) => {
    const value = reader.double()
    return Number.isFinite(value) ? value : String(value)
  },
  'a number',
  (input) => {
    if (typeof input === 'number') return input
    if (input === 'NaN' || input === 'Infinity' || input === '-Infinity') return input
    if (typeof input !== 'string' || input.trim() === '') return undefined
    return Number.isFinite(Number(input)) ? Number(input) : undefined
  },
)

/** Zero and an empty text are none: protobuf does not tell a default from what is not there. */
export const unlessEmpty = <T>(type: Type<T>): Type<T | undefined> => ({
  ...type,
  json: (...input) => type.json(...input) || undefined,
})

/** A whole number, in JSON also its digits or a name; undefined for zero. */
function wholeNumber(
  wire: WireType,
  binary: (reader: BinaryReader) => number,
  what: string,
  { least = 0, names = [] }: { least?: number; names?: readonly string[] } = {},
): Type<number | undefined> {
  const named = new Map<unknown, number>(names.map((name, number) => [name, number]))
  const number = scalar(wire, binary, what, (input) => {
    const digits = typeof input === 'string' && /^\d{1,15}$/.test(input) ? Number(input) : input
    const value = named.get(input) ?? digits
    const isWhole = typeof value === 'number' && Number.isInteger(value) && value >= least
    return isWhole ? value : undefined
  })
  return unlessEmpty(number)
}

export const uint32 = wholeNumber(Varint, (reader) => reader.uint32(), 'a whole number')
export const fixed32 = wholeNumber(Bit32, (reader) => reader.fixed32(), 'a whole number')

/** An enum by its number or, in JSON, by its name, as `SPAN_KIND_SERVER`; the kinds are those from 0 on. */
export const enumOf = (prefix: string, kinds: readonly string[]) =>
  wholeNumber(Varint, (reader) => reader.int32(), `a number or name of ${prefix}`, {
    least: Number.NEGATIVE_INFINITY,
    names: kinds.map((kind) => `${prefix}_${kind.toUpperCase()}`),
  })

/** An id of so many hex digits, which are lowercase here. */
export function idOf(length: number): Type<string> {
  const id = new RegExp(`^(?!0+$)[0-9a-fA-F]{${length}}$`)
  return scalar(LengthDelimited, bytesAs('hex'), `${length} hex digits, or all zeros`, (input) =>
    typeof input === 'string' && id.test(input) ? input.toLowerCase() : undefined,
  )
}

/** Protobuf cannot tell an empty id from none, and some write zeros for none. */
export const orNone = (id: Type<string>): Type<string | undefined> => ({
  ...id,
  json: (input, ...rest) =>
    typeof input === 'string' && /^0*$/.test(input) ? undefined : id.json(input, ...rest),
})
