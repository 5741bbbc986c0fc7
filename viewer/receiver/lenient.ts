import type { z } from 'zod'

/** Takes note of what is left out, and why. */
export type Note = (reason: string) => void

/** What was read, undefined where it is none, and what was odd in it. */
export interface Read<T> {
  value: T | undefined
  odd: string[]
}

/**
 * Reads a message by its schema. What is odd in it is left out, of `input` too, and the rest read: the item of a list,
 * the field, or, of a value with an `instead`, what that has not. Nothing is lost of a message in which nothing is odd.
 */
export function readLeniently<T>(schema: z.ZodType<T>, input: unknown): Read<T> {
  const whole = schema.safeParse(input)
  if (whole.success) return { value: whole.data, odd: [] }
  const { issues } = whole.error
  leaveOut(input, issues)
  const rest = schema.safeParse(input)
  if (rest.success) return { value: rest.data, odd: issues.map(inWords) }
  // What it cannot do without counts, and not what else was odd.
  const needed = new Set(rest.error.issues.map(({ path }) => path[0]))
  return { value: undefined, odd: issues.filter(({ path }) => needed.has(path[0])).map(inWords) }
}

const inWords = ({ path, message }: z.core.$ZodIssue) => [...path.slice(0, 1), message].join(': ')

/** What stands in for a value with something odd in it, as an issue's `params`. */
export interface Instead {
  instead: unknown
}

function leaveOut(input: unknown, issues: readonly z.core.$ZodIssue[]): void {
  const odd = new Map<unknown[], Set<unknown>>()
  for (const issue of issues) {
    const instead = issue.code === 'custom' ? issue.params : undefined
    const path = instead ? issue.path : placeOf(issue.path)
    const name = path.at(-1)
    const owner = path.slice(0, -1).reduce(within, input)
    if (name === undefined || !isObject(owner)) continue
    if (instead) Reflect.set(owner, name, instead.instead)
    else if (Array.isArray(owner)) odd.set(owner, (odd.get(owner) ?? new Set()).add(name))
    else Reflect.deleteProperty(owner, name)
  }
  for (const [list, places] of odd) {
    const kept = list.filter((_, index) => !places.has(index))
    for (const [index, item] of kept.entries()) list[index] = item
    list.length = kept.length
  }
}

/** The innermost item of a list, which goes whole: an event without its time says nothing. Else the field. */
function placeOf(path: readonly PropertyKey[]): readonly PropertyKey[] {
  const item = path.findLastIndex((name) => typeof name === 'number')
  return item < 0 ? path : path.slice(0, item + 1)
}

const within = (owner: unknown, name: PropertyKey): unknown =>
  isObject(owner) ? Reflect.get(owner, name) : undefined
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
