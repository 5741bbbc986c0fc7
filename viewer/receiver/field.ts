import type { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

/** Says what is wrong with a value. */
export class Odd extends Error {}

/** A kind of value as OTLP has it: in protobuf, and in its JSON (https://protobuf.dev/programming-guides/json/). */
export interface Type<T> {
  wire: WireType
  isList?: boolean
  /** Reads it from protobuf to what its JSON would have been parsed to. */
  binary(reader: BinaryReader, depth: number): unknown
  /**
   * Reads it from JSON, and says in `odd` what it has left out; throws an Odd where it is none. Undefined is as if it
   * were not there.
   */
  json(...[input, odd, depth]: JsonInput): T
}
export type JsonInput = [input: unknown, odd: string[], depth: number]

export type TypeOf<T> = T extends Type<infer V> ? V : never

/** A value in a message: its number there, and what stands for it where it is not there. */
export interface Field<T> {
  number: number
  type: Type<T | undefined>
  otherwise?: T | undefined
  /** Whether an odd one makes all of its message odd, and not to have one too. */
  isNeeded?: boolean
  /** Its name in JSON, where that is not its property's. */
  name?: string
}
export type JsonObject = Readonly<Record<string, unknown>>
export type Fields = Readonly<Record<string, Field<unknown>>>

export function field<T>(number: number, type: Type<T>): Field<T | undefined>
export function field<T>(number: number, type: Type<T | undefined>, otherwise: T): Field<T>
export function field<T>(number: number, type: Type<T>, otherwise?: T): Field<T | undefined> {
  return { number, type, otherwise }
}

export const needed = <T>(number: number, type: Type<T | undefined>, otherwise?: T): Field<T> => ({
  number,
  type,
  otherwise,
  isNeeded: true,
})

/** The text of an Odd; throws any other error again. */
export function whyOdd(error: unknown): string {
  if (error instanceof Odd) return error.message
  throw error
}

/** What reads a field of a JSON object by its name, in camelCase or in snake_case; null is no value. */
export function readerOf<T>({ type, isNeeded }: Field<T>, name: string) {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return (object: JsonObject, odd: string[], depth: number): T | undefined => {
    const value = object[name] ?? object[snake]
    if (value === undefined || value === null) return undefined
    const before = odd.length
    try {
      return type.json(value, odd, depth)
    } catch (error) {
      const reason = whyOdd(error)
      if (isNeeded) throw new Odd(`${name}: ${reason}`)
      odd.push(reason)
      return undefined
    } finally {
      for (let at = before; at < odd.length; at += 1) odd[at] = `${name}: ${odd[at]}`
    }
  }
}
