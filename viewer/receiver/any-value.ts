import { WireType } from '@bufbuild/protobuf/wire'
import { needed, type Type } from './field.ts'
import { list, message, oneOf } from './message.ts'
import { bool, bytes, double, integer, text, unlessEmpty } from './scalars.ts'

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

/** A kind of value: read as another type has it, it stands in an object that names it. */
const kind = <T>(number: number, type: Type<T>, named: (value: T) => AnyValue) =>
  needed<AnyValue>(number, { ...type, json: (...input) => named(type.json(...input)) })
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
    stringValue: kind(1, text, (stringValue) => ({ stringValue })),
    boolValue: kind(2, bool, (boolValue) => ({ boolValue })),
    intValue: kind(3, integer, (intValue) => ({ intValue })),
    doubleValue: kind(4, double, (doubleValue) => ({ doubleValue })),
    arrayValue: kind(5, values, (arrayValue) => ({ arrayValue })),
    kvlistValue: kind(6, pairs, (kvlistValue) => ({ kvlistValue })),
    bytesValue: kind(7, bytes, (bytesValue) => ({ bytesValue })),
  },
  {},
)

/** Protobuf cannot tell an empty key from none. */
const keyValue: Type<KeyValue> = message({
  key: needed(1, unlessEmpty(text)),
  value: needed(2, anyValue, {}),
})
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
