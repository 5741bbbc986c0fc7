import { type Wire, WireReader, wire } from './wire-reader.ts'

/** How the value of a field is read, into what JSON has for it. */
interface Kind {
  wire: Wire
  read(reader: WireReader): unknown
}
interface Field extends Kind {
  name: string
  isList: boolean
}
/** A message's fields by their numbers. */
export type Fields = readonly (Field | undefined)[]

/** Lays out a message by `[number, JSON name, kind]`; those in lists may be there many times. */
export function fields(
  single: readonly (readonly [number, string, Kind])[],
  lists: readonly (readonly [number, string, Kind])[] = [],
): Fields {
  const byNumber: (Field | undefined)[] = []
  for (const [number, name, kind] of single) byNumber[number] = { name, isList: false, ...kind }
  for (const [number, name, kind] of lists) byNumber[number] = { name, isList: true, ...kind }
  return byNumber
}

const text = (encoding: 'utf8' | 'hex' | 'base64'): Kind => ({
  wire: wire.length,
  read: (reader) => reader.text(encoding),
})
export const string = text('utf8')
export const hex = text('hex')
export const base64 = text('base64')
export const uint32: Kind = { wire: wire.varint, read: (reader) => reader.uint32() }
export const enumeration: Kind = { wire: wire.varint, read: (reader) => reader.uint32() | 0 }
export const bool: Kind = { wire: wire.varint, read: (reader) => reader.int64() !== '0' }
export const int64: Kind = { wire: wire.varint, read: (reader) => reader.int64() }
export const fixed32: Kind = { wire: wire.fixed32, read: (reader) => reader.fixed32() }
export const fixed64: Kind = { wire: wire.fixed64, read: (reader) => reader.fixed64() }
/** JSON has no number for NaN and the infinities, and protobuf's JSON their names. */
export const double: Kind = {
  wire: wire.fixed64,
  read: (reader) => {
    const value = reader.double()
    return Number.isFinite(value) ? value : String(value)
  },
}
/** The fields come by a function, since messages may be within their own kind. */
export const message = (inner: () => Fields): Kind => ({
  wire: wire.length,
  read: (reader) => reader.message(() => readFields(reader, inner())),
})

/** Reads a message into the object that its JSON would be parsed to; throws a BodyError where it is broken. */
export const readMessage = (bytes: Buffer, all: Fields) => readFields(new WireReader(bytes), all)

function readFields(reader: WireReader, all: Fields): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  while (!reader.isAtEnd) {
    const tag = reader.uint32()
    const field = all[tag >>> 3]
    if (field?.wire !== (tag & 7)) {
      reader.skip(tag & 7)
      continue
    }
    const value = field.read(reader)
    const { name } = field
    if (!field.isList) result[name] = value
    else if (Array.isArray(result[name])) result[name].push(value)
    else result[name] = [value]
  }
  return result
}
