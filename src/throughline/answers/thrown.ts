import { inspect, types } from 'node:util'

/**
 * What was thrown, as an Error: JavaScript throws anything, and what handles it must not throw in its turn.
 *
 * @example
 * asError('out of paper').message // "thrown: 'out of paper'"
 */
export function asError(thrown: unknown): Error {
  if (isError(thrown) && isReadable(thrown)) return thrown
  return new Error(`thrown: ${shown(thrown)}`)
}

/** Whether it is an error: of whatever realm, or made by `util.inherits`, which gives it the prototype alone. */
export function isError(value: unknown): value is Error {
  try {
    return types.isNativeError(value) || value instanceof Error
  } catch {
    return false // a proxy that throws at whoever asks what it is
  }
}

/** A property of what was thrown; undefined where there is none, or reading it throws. */
export function propertyOf(thrown: unknown, name: string): unknown {
  if (typeof thrown !== 'object' || thrown === null) return undefined
  try {
    return Reflect.get(thrown, name)
  } catch {
    return undefined
  }
}

/** An error as the exception event of a span takes it. */
export interface ThrownException {
  name: string
  message: string
  /** With those of its causes. */
  stack: string
  /** Where it is a word: the number of a DOMException says less than its name. */
  code?: string
}

/** Describes the error for the exception event of a span; never throws. */
export function exceptionOf(thrown: Error): ThrownException {
  const error = asError(thrown)
  const code = propertyOf(error, 'code')
  const described = { name: error.name, message: error.message, stack: stackWithCauses(error) }
  return typeof code === 'string' ? { ...described, code } : described
}

function stackWithCauses(error: Error, seen = new Set<Error>()): string {
  seen.add(error)
  const stack = error.stack || `${error.name}: ${error.message}`
  const cause = propertyOf(error, 'cause')
  if (!isError(cause) || !isReadable(cause) || seen.has(cause)) return stack
  return `${stack}\ncaused by: ${stackWithCauses(cause, seen)}`
}

/** Whether what a log line and a span take of it are the texts that they should be. */
function isReadable(error: Error): boolean {
  const stack = propertyOf(error, 'stack')
  return (
    typeof propertyOf(error, 'name') === 'string' &&
    typeof propertyOf(error, 'message') === 'string' &&
    (stack === undefined || typeof stack === 'string')
  )
}

function shown(thrown: unknown): string {
  try {
    return inspect(thrown, { customInspect: false, breakLength: Infinity })
  } catch {
    return 'an object that cannot be read'
  }
}
