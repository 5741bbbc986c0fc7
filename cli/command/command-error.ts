/** What ends a command with status 1: its message says what is wrong and what to do, and no stack would say more. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
}

/** A command line or environment that makes no sense; the message says what would. It ends a command with status 2. */
export class Misuse extends CommandError {
  override readonly name = 'Misuse'
}
