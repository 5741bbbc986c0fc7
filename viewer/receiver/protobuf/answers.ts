import type { Taken } from '../signals.ts'
import { wire } from './wire-reader.ts'

/** The answer to a request of any signal: `Export…ServiceResponse`, empty where all was kept. */
export function takenMessage({ rejected, reason = '' }: Taken): Buffer {
  const partialSuccess = Buffer.concat([number(1, rejected), text(2, reason)])
  return length(1, partialSuccess)
}

/** `google.rpc.Status`. */
export const statusMessage = (code: number, message: string): Buffer =>
  Buffer.concat([number(1, code), text(2, message)])

/* A field with its default value is left out. */

const number = (field: number, value: number): Buffer =>
  value === 0 ? none : Buffer.concat([tag(field, wire.varint), varint(value)])
const text = (field: number, value: string): Buffer => length(field, Buffer.from(value))
const length = (field: number, bytes: Buffer): Buffer =>
  bytes.length === 0 ? none : Buffer.concat([tag(field, wire.length), varint(bytes.length), bytes])

const none = Buffer.alloc(0)
const tag = (field: number, type: number): Buffer => varint(field * 8 + type)

/** @param value a whole number from 0 */
function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Buffer.from([...bytes, rest])
}
