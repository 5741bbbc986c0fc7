import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { BodyError } from '../http/body.ts'

/** A field of a message: its name in JSON, and how its value is read into what JSON has for it. */
interface Field {
  name: string
  wire: WireType
  read(reader: BinaryReader, depth: number): unknown
  isList?: boolean
}
/** A message's fields by their numbers. */
export type Fields = Readonly<Record<number, Field>>

const kind =
  (wire: WireType, read: Field['read']) =>
  (name: string): Field => ({ name, wire, read })
const bytesAs = (encoding: 'hex' | 'base64') => (reader: BinaryReader) => {
  const { buffer, byteOffset, byteLength } = reader.bytes()
  return Buffer.from(buffer, byteOffset, byteLength).toString(encoding)
}
export const string = kind(WireType.LengthDelimited, (reader) => reader.string())
export const hex = kind(WireType.LengthDelimited, bytesAs('hex'))
export const base64 = kind(WireType.LengthDelimited, bytesAs('base64'))
export const uint32 = kind(WireType.Varint, (reader) => reader.uint32())
export const enumeration = kind(WireType.Varint, (reader) => reader.int32())
export const bool = kind(WireType.Varint, (reader) => reader.bool())
export const int64 = kind(WireType.Varint, (reader) => String(reader.int64()))
export const fixed32 = kind(WireType.Bit32, (reader) => reader.fixed32())
export const fixed64 = kind(WireType.Bit64, (reader) => String(reader.fixed64()))
/** JSON has no number for NaN and the infinities, and protobuf's JSON their names. */
export const double = kind(WireType.Bit64, (reader) => {
  const value = reader.double()
  return Number.isFinite(value) ? value : String(value)
})
/** The fields come by a function, since messages may be within their own kind. */
export const message = (name: string, inner: () => Fields): Field => ({
  name,
  wire: WireType.LengthDelimited,
  read: (reader, depth) => readFields(reader, inner(), reader.uint32(), depth + 1),
})
export const list = (name: string, inner: () => Fields): Field => ({
  ...message(name, inner),
  isList: true,
})

/** Reads a message into the object that its JSON would be parsed to; throws a BodyError where it is broken. */
export function readMessage(bytes: Uint8Array, all: Fields): unknown {
  const reader = new BinaryReader(bytes)
  try {
    return readFields(reader, all, bytes.length, 0)
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    const at = Math.min(reader.pos, bytes.length)
    throw new BodyError(400, `broken protobuf at byte ${at}: ${what}`, { cause: error })
  }
}

/** Deeper than any OTLP message that is read, and as deep as protobuf's own readers go; what is below is left out. */
const maxDepth = 100

function readFields(reader: BinaryReader, all: Fields, length: number, depth: number): unknown {
  const end = reader.pos + length
  const result: Record<string, unknown> = {}
  if (depth > maxDepth) reader.pos = end
  while (reader.pos < end) {
    const tag = reader.uint32()
    const field = all[tag >>> 3]
    if (field?.wire === (tag & 7)) add(result, field, field.read(reader, depth))
    else reader.skip(tag & 7, tag >>> 3)
  }
  if (reader.pos > end || end > reader.len) throw new RangeError('a value goes past its message')
  return result
}

function add(result: Record<string, unknown>, { name, isList }: Field, value: unknown): void {
  const list = result[name]
  if (!isList) result[name] = value
  else if (Array.isArray(list)) list.push(value)
  else result[name] = [value]
}

/** The answer to a request of any signal: `Export…ServiceResponse`, empty where all was kept. */
export function takenMessage(rejected: number, reason = ''): Buffer {
  const partialSuccess = statusMessage(rejected, reason)
  if (partialSuccess.length === 0) return partialSuccess
  return Buffer.from(
    new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(partialSuccess).finish(),
  )
}

/** `google.rpc.Status`: a number and a text, of which a default is left out. */
export const statusMessage = (code: number, text: string): Buffer =>
  Buffer.from(statusWriter(code, text).finish())

/** The same with a `google.rpc.RetryInfo`: in how many seconds to try again. */
export function retryMessage(code: number, text: string, seconds: number): Buffer {
  const writer = statusWriter(code, text).tag(3, WireType.LengthDelimited).fork()
  writer.tag(1, WireType.LengthDelimited).string('type.googleapis.com/google.rpc.RetryInfo')
  writer.tag(2, WireType.LengthDelimited).fork()
  writer.tag(1, WireType.LengthDelimited).fork().tag(1, WireType.Varint).uint32(seconds).join()
  return Buffer.from(writer.join().join().finish())
}

function statusWriter(code: number, text: string): BinaryWriter {
  const writer = new BinaryWriter()
  if (code !== 0) writer.tag(1, WireType.Varint).uint32(code)
  if (text !== '') writer.tag(2, WireType.LengthDelimited).string(text)
  return writer
}
