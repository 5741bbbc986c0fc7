import type { Note } from './lenient.ts'

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

/** What is within more lists than this is left out, so that no input overflows the stack. */
const maxDepth = 16

/** Reads an attribute list of unknown origin; an odd attribute costs itself alone, and is noted. */
export function readKeyValues(input: unknown, note: Note, depth = 0): KeyValue[] {
  if (input === undefined || input === null) return []
  if (!Array.isArray(input)) throw new TypeError('attributes are not a list')
  const list: KeyValue[] = []
  for (const entry of input)
    try {
      list.push(readKeyValue(entry, note, depth))
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      note(error.message)
    }
  return list
}

function readKeyValue(input: unknown, note: Note, depth: number): KeyValue {
  const { key, value } = record(input)
  // Protobuf cannot tell an empty key from none.
  if (typeof key !== 'string' || key === '') throw new TypeError('an attribute has no key')
  return { key, value: readAnyValue(value, note, depth) }
}

/**
 * Reads one value of unknown origin; throws a TypeError where it is none of OTLP's kinds, and notes what it leaves out.
 * A number may be a string and a string a number, as protobuf's JSON allows.
 */
export function readAnyValue(input: unknown, note: Note, depth = 0): AnyValue {
  if (input === undefined || input === null) return {}
  for (const [kind, value] of Object.entries(record(input))) {
    if (value === null) continue
    if (depth > maxDepth) {
      note(`a value is nested deeper than ${maxDepth} levels, and cut there`)
      return {}
    }
    if (kind === 'stringValue' && typeof value === 'string') return { stringValue: value }
    if (kind === 'boolValue' && typeof value === 'boolean') return { boolValue: value }
    if (kind === 'intValue') return { intValue: integer(value) }
    if (kind === 'doubleValue') return { doubleValue: double(value) }
    if (kind === 'bytesValue' && typeof value === 'string') return { bytesValue: value }
    if (kind === 'arrayValue') return { arrayValue: { values: readList(value, note, depth) } }
    if (kind === 'kvlistValue')
      return { kvlistValue: { values: readKeyValues(record(value).values, note, depth + 1) } }
    if (kind.endsWith('Value')) throw new TypeError(`${kind} has a value of the wrong type`)
  }
  return {}
}

function readList(input: unknown, note: Note, depth: number): AnyValue[] {
  const values = record(input).values ?? []
  if (!Array.isArray(values)) throw new TypeError('arrayValue.values is not a list')
  return values.map((value: unknown) => readAnyValue(value, note, depth + 1))
}

function integer(value: unknown): string {
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return value
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value).toString()
  throw new TypeError('intValue is not an integer')
}

function double(value: unknown): number | string {
  if (typeof value === 'number' || isNoNumber(value)) return value
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value)
  throw new TypeError('doubleValue is not a number')
}

/** What JSON has no number for. */
const isNoNumber = (value: unknown): value is string =>
  value === 'NaN' || value === 'Infinity' || value === '-Infinity'

function record(input: unknown): Record<string, unknown> {
  if (isRecord(input)) return input
  throw new TypeError('an object was expected')
}

const isRecord = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

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
