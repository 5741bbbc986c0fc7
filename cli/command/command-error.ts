import { reasonOf } from '../../src/throughline/answers/reason.ts'

/** What ends a command with status 1: its message says what is wrong and what to do, and no stack would say more. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
}

/** A command line or environment that makes no sense; the message says what would. It ends a command with status 2. */
export class Misuse extends CommandError {
  override readonly name = 'Misuse'
}

/** Throws what was thrown as a CommandError, where its message says all. */
export function foreseen(cause: unknown): never {
  throw new CommandError(reasonOf(cause), { cause })
}
