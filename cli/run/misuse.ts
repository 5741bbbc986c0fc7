import { type ParseArgsConfig, parseArgs } from 'node:util'

/** A command line or environment that makes no sense; the message says what would. */
export class Misuse extends Error {
  override readonly name = 'Misuse'
}

/** Reads a command line; throws Misuse, with the usage, where it makes no sense. */
export function parseCommandLine<const T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    if (error instanceof TypeError) throw new Misuse(`${error.message}\n\n${usage}`)
    throw error
  }
}
