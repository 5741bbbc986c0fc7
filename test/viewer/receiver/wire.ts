import { spanIdOf, traceIdOf } from '../traffic.ts'

/* Protobuf as its specification has it, written without what reads it. */

export function varint(value: number): Buffer {
  const low = value % 128
  return value < 128
    ? Buffer.from([low])
    : Buffer.concat([Buffer.from([low + 128]), varint(Math.floor(value / 128))])
}
export const tag = (field: number, type: number) => varint(field * 8 + type)
export const int = (field: number, value: number) => Buffer.concat([tag(field, 0), varint(value)])
export const bytes = (field: number, value: Buffer) =>
  Buffer.concat([tag(field, 2), varint(value.length), value])
export const text = (field: number, value: string) => bytes(field, Buffer.from(value))
export function fixed64(field: number, value: bigint): Buffer {
  const eight = Buffer.alloc(8)
  eight.writeBigUInt64LE(value)
  return Buffer.concat([tag(field, 1), eight])
}

/** The `spans` field of a ScopeSpans: one span of a trace of its own, with these fields too. */
export const span = (n: number, ...fields: Buffer[]) =>
  bytes(
    2,
    Buffer.concat([
      bytes(1, Buffer.from(traceIdOf(n), 'hex')),
      bytes(2, Buffer.from(spanIdOf(n), 'hex')),
      text(5, 'GET /work'),
      fixed64(7, 1780000000000000000n),
      fixed64(8, 1780000000010000000n),
      ...fields,
    ]),
  )

/** A whole request of those spans. */
export const request = (...spans: Buffer[]) => bytes(1, bytes(2, Buffer.concat(spans)))
