import { WireType } from '@bufbuild/protobuf/wire'
import {
  type Field,
  type Fields,
  type JsonObject,
  Odd,
  readerOf,
  type Type,
  whyOdd,
} from './field.ts'
import { type Numbered, numbered, readFields } from './protobuf.ts'

type ValueOf<F> = F extends Field<infer T> ? T : never
type Optional<F> = { [K in keyof F]: undefined extends ValueOf<F[K]> ? K : never }[keyof F]
type MessageOf<F> = { [K in Exclude<keyof F, Optional<F>>]: ValueOf<F[K]> } & {
  [K in Optional<F>]?: ValueOf<F[K]>
}

export interface Message<T> extends Type<T> {
  byNumber: Numbered
  /** Reads what has been read before; throws an Odd where that is no such message. */
  parse(input: unknown): T
}

/** A message of these fields; what it has beside them is passed over. */
export function message<F extends Fields>(fields: F): Message<MessageOf<F>> {
  const all = Object.entries(fields).map(([key, field]) => {
    const { name = key, otherwise, isNeeded } = field
    return { key, name, otherwise, isNeeded, read: readerOf(field, name) }
  })
  const missing = (result: object) => all.find(({ key, isNeeded }) => isNeeded && !(key in result))
  const isWhole = (result: object): result is MessageOf<F> => missing(result) === undefined
  const json = (input: unknown, odd: string[], depth: number) => {
    const object = objectIn(input)
    const result: Record<string, unknown> = {}
    for (const { key, read, otherwise } of all) {
      const value = read(object, odd, depth) ?? otherwise
      if (value !== undefined) result[key] = value
    }
    if (isWhole(result)) return result
    throw new Odd(`${missing(result)?.name}: missing`)
  }
  return { ...inBinary(fields), json, parse: (input) => json(input, [], 0) }
}

/** More levels than anybody reads; what is deeper is left out, so that no input overflows the stack. */
const maxDepth = 16

/** That of several fields which is there, or `none`. */
export function oneOf<T>(fields: Readonly<Record<string, Field<T>>>, none: T): Type<T> {
  const all = Object.entries(fields).map(([name, field]) => readerOf(field, name))
  const json = (input: unknown, odd: string[], depth: number) => {
    const object = objectIn(input)
    if (depth > maxDepth) odd.push(`nested deeper than ${maxDepth} levels, and cut there`)
    else
      for (const read of all) {
        const value = read(object, odd, depth + 1)
        if (value !== undefined) return value
      }
    return none
  }
  return { ...inBinary(fields), json }
}

function inBinary(fields: Fields) {
  const byNumber = numbered(fields)
  return {
    wire: WireType.LengthDelimited,
    byNumber,
    binary: (reader, depth) => readFields(reader, byNumber, reader.uint32(), depth + 1),
  } satisfies Pick<Message<unknown>, 'wire' | 'byNumber' | 'binary'>
}

/** What a list has that is in order; undefined where that is nothing. */
export const list = <T>(item: Type<T | undefined>): Type<T[] | undefined> => ({
  ...item,
  isList: true,
  json(input, odd, depth) {
    const items: T[] = []
    for (const each of arrayIn(input)) {
      try {
        const value = item.json(each, odd, depth)
        if (value !== undefined) items.push(value)
      } catch (error) {
        odd.push(whyOdd(error))
      }
    }
    return items.length > 0 ? items : undefined
  },
})

/** A list of which each item must be in order. */
export const whole = <T>(item: Type<T>): Type<T[]> => ({
  ...item,
  isList: true,
  json: (input, odd, depth) => arrayIn(input).map((each) => item.json(each, odd, depth)),
})

function objectIn(input: unknown): JsonObject {
  if (isObject(input)) return input
  throw new Odd('not an object')
}

const isObject = (input: unknown): input is JsonObject =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

function arrayIn(input: unknown): unknown[] {
  if (Array.isArray(input))
    return input.includes(null) ? input.filter((each) => each !== null) : input
  throw new Odd('not a list')
}
