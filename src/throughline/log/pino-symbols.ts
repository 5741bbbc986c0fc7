import type { Logger } from 'pino'

/**
 * One of the symbols that pino lists as `pino.symbols`, such as `mixin`, as this logger has it: another copy of pino may
 * have made it. Undefined where it has none.
 */
export function symbolIn(logger: object, name: string): symbol | undefined {
  for (let each = logger; each !== null; each = Object.getPrototypeOf(each)) {
    const symbols = Object.getOwnPropertySymbols(each)
    const found = symbols.find(({ description }) => description === `pino.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

/** The same of a symbol that every logger of pino has. */
export function part(logger: object, name: string): symbol {
  const symbol = symbolIn(logger, name)
  if (symbol === undefined) throw new TypeError(`a pino without ${name}: 8, 9 and 10 are known`)
  return symbol
}

// Those that are the same in each copy of pino.
export const FORMATTERS = Symbol.for('pino.formatters')
export const SERIALIZERS = Symbol.for('pino.serializers')

/** Whether a logger is pino's, of whatever copy. */
export function isPino(logger: object): logger is Logger {
  return symbolIn(logger, 'mixin') !== undefined
}

export const NOT_PINO =
  'no logger of pino: give one that pino() or child() has made, or options for one; another logger stays outside, with identities() on its lines'
