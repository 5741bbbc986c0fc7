/** A start that a variable stops; the message names every bad variable, its value and what is allowed. */
export class BadEnvironment extends Error {
  override readonly name = 'BadEnvironment'
}
