/** A start that a variable stops; the message names every bad variable, its value and what is allowed. */
export declare class BadEnvironment extends Error {
  readonly name = 'BadEnvironment'
}
