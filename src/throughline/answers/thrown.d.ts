/**
 * What was thrown, as an Error: JavaScript throws anything, and what handles it must not throw in its turn.
 *
 * @example
 * asError('out of paper').message // "thrown: 'out of paper'"
 */
export declare function asError(thrown: unknown): Error
/** Whether it is an error: of whatever realm, or made by `util.inherits`, which gives it the prototype alone. */
export declare function isError(value: unknown): value is Error
/** A property of what was thrown; undefined where there is none, or reading it throws. */
export declare function propertyOf(thrown: unknown, name: string): unknown
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
export declare function exceptionOf(thrown: Error): ThrownException
