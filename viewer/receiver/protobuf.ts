import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { reasonOf } from '../../src/throughline/answers/reason.ts'
import { BodyError } from '../http/body.ts'
import type { Fields, Type } from './field.ts'

/** The fields of a message by their numbers. */
export type Numbered = readonly ({ name: string; type: Type<unknown> } | undefined)[]

export function numbered(fields: Fields): Numbered {
  const byNumber: Numbered[number][] = []
  for (const [key, { name = key, number, type }] of Object.entries(fields))
    byNumber[number] = { name, type }
  return byNumber
}

/** Reads a message into the object that its JSON would be parsed to; throws a BodyError where it is broken. */
export function readMessage(bytes: Uint8Array, { byNumber }: { byNumber: Numbered }): unknown {
  const reader = new BinaryReader(bytes)
  try {
    return readFields(reader, byNumber, bytes.length, 0)
  } catch (error) {
    const at = Math.min(reader.pos, bytes.length)
    throw new BodyError(400, `broken protobuf at byte ${at}: ${reasonOf(error)}`, { cause: error })
  }
}

/** As deep as protobuf's own readers go; what is below is left out. */
const maxDepth = 100

export function readFields(reader: BinaryReader, all: Numbered, length: number, depth: number) {
  const end = reader.pos + length
  const result: Record<string, unknown> = {}
  if (depth > maxDepth) reader.pos = end
  while (reader.pos < end) {
    const tag = reader.uint32()
    const field = all[tag >>> 3]
    if (field?.type.wire === (tag & 7)) add(result, field, field.type.binary(reader, depth))
    else reader.skip(tag & 7, tag >>> 3)
  }
  if (reader.pos > end || end > reader.len) throw new RangeError('a value goes past its message')
  return result
}

function add(
  result: Record<string, unknown>,
  { name, type }: NonNullable<Numbered[number]>,
  value: unknown,
) {
  const list = result[name]
  if (!type.isList) result[name] = value
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
