import { inspect } from 'node:util'

/**
 * What was thrown, as an Error: JavaScript throws anything, and what handles it must not throw in its turn.
 *
 * @example
 * asError('out of paper').message // "thrown: 'out of paper'"
 */
export function asError(thrown: unknown): Error {
  if (Error.isError(thrown)) return thrown
  return new Error(`thrown: ${inspect(thrown, { customInspect: false, breakLength: Infinity })}`)
}
