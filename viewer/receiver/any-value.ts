import { WireType } from '@bufbuild/protobuf/wire'
import { type JsonInput, needed, type Type } from './field.ts'
import { list, message, oneOf } from './message.ts'
import { bool, bytes, double, integer, text } from './scalars.ts'

/** OTLP's AnyValue in its JSON encoding; int64 is a string here whatever came in. */
export type AnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number | string }
  | { bytesValue: string }
  | { arrayValue: { values: AnyValue[] } }
  | { kvlistValue: { values: KeyValue[] } }
  | Record<string, never>

export interface KeyValue {
  key: string
  value: AnyValue
}

/** A value that is read as another type has it, and then stands in an object. */
const within = <T>(type: Type<T>, wrap: (value: T) => AnyValue): Type<AnyValue> => ({
  ...type,
  json: (...input) => wrap(type.json(...input)),
})
/** A message that is made only below. */
const later = <T>(type: () => Type<T>): Type<T> => ({
  wire: WireType.LengthDelimited,
  binary: (...input) => type().binary(...input),
  json: (...input) => type().json(...input),
})

const values = message({ values: needed(1, list(later(() => anyValue)), []) })
const pairs = message({ values: needed(1, list(later(() => keyValue)), []) })

export const anyValue: Type<AnyValue> = oneOf<AnyValue>(
  {
    stringValue: needed(
      1,
      within(text, (stringValue) => ({ stringValue })),
    ),
    boolValue: needed(
      2,
      within(bool, (boolValue) => ({ boolValue })),
    ),
    intValue: needed(
      3,
      within(integer, (intValue) => ({ intValue })),
    ),
    doubleValue: needed(
      4,
      within(double, (doubleValue) => ({ doubleValue })),
    ),
    arrayValue: needed(
      5,
      within(values, (arrayValue) => ({ arrayValue })),
    ),
    kvlistValue: needed(
      6,
      within(pairs, (kvlistValue) => ({ kvlistValue })),
    ),
    bytesValue: needed(
      7,
      within(bytes, (bytesValue) => ({ bytesValue })),
    ),
  },
  {},
)

/** Protobuf cannot tell an empty key from none. */
const key = { ...text, json: (...input: JsonInput) => text.json(...input) || undefined }
const keyValue: Type<KeyValue> = message({ key: needed(1, key), value: needed(2, anyValue, {}) })
export const attributes = list(keyValue)

/** The value as a reader sees it and as searches compare it: text as it is, lists and maps as JSON. */
export function textOf(value: AnyValue): string {
  const plain = plainValue(value)
  return typeof plain === 'object' ? JSON.stringify(plain) : String(plain)
}

type Plain = string | number | boolean | Plain[] | { [key: string]: Plain }

function plainValue(value: AnyValue): Plain {
  if ('arrayValue' in value && value.arrayValue) return value.arrayValue.values.map(plainValue)
  if ('kvlistValue' in value && value.kvlistValue)
    return Object.fromEntries(
      value.kvlistValue.values.map((pair) => [pair.key, plainValue(pair.value)]),
    )
  const [scalar] = Object.values(value)
  return typeof scalar === 'object' || scalar === undefined ? '' : scalar
}
