import { FORMATTERS, isPino, part, SERIALIZERS, symbolIn } from '../pino-symbols.ts'

/** A logger of pino as it is inside, by what of it is used here. */
export interface Inside {
  readonly levels: { readonly values: Readonly<Record<string, number>> }
  /** The number of its level; Infinity where it is silent. */
  readonly levelVal: number
  /** Does nothing; pino puts it in the place of each level that is not written. */
  readonly silent: unknown
  isLevelEnabled(level: string): boolean
  [label: string]: unknown
  [part: symbol]: unknown
}

/** One of the methods that are named for levels, such as `debug`. */
export type Method = (this: Inside, ...args: unknown[]) => void

export type Serializers = Record<string, ((value: unknown) => unknown) | undefined>

/** What the children of a logger have in common with it. */
export interface Parts {
  /** Writes a line of fields, or an error, a message in its last form, and a level. */
  readonly write: Method
  readonly writeAt: symbol
  readonly setLevel: Method
  readonly setLevelAt: symbol
  readonly time: symbol
  /** Where its bound fields are, as JSON. */
  readonly bound: symbol
  readonly errorKey: string
  readonly messageKey: string
}

export function isInside(logger: object): logger is Inside {
  return isPino(logger) && 'levels' in logger && 'levelVal' in logger
}

export function partsOf(logger: Inside): Parts {
  const writeAt = part(logger, 'write')
  const setLevelAt = part(logger, 'setLevel')
  const write = logger[writeAt]
  const setLevel = logger[setLevelAt]
  if (!isMethod(write) || !isMethod(setLevel))
    throw new TypeError('a pino that is not known: 8, 9 and 10 are')
  return {
    write,
    writeAt,
    setLevel,
    setLevelAt,
    time: part(logger, 'time'),
    bound: part(logger, 'chindings'),
    errorKey: nameAt(logger, 'errorKey', 'err'),
    messageKey: nameAt(logger, 'messageKey', 'msg'),
  }
}

export function isMethod(value: unknown): value is Method {
  return typeof value === 'function'
}

function nameAt(logger: Inside, part: string, usual: string): string {
  const symbol = symbolIn(logger, part)
  const name = symbol && logger[symbol]
  return typeof name === 'string' ? name : usual
}

export function serializersOf(logger: Inside): Serializers {
  const serializers = logger[SERIALIZERS]
  return isSerializers(serializers) ? serializers : {}
}

/** Whether all fields of a line go through a function of the app's own. */
export function hasFormatter(logger: Inside): boolean {
  const formatters = logger[FORMATTERS]
  return formatters instanceof Object && 'log' in formatters && formatters.log !== undefined
}

function isSerializers(value: unknown): value is Serializers {
  return typeof value === 'object' && value !== null
}
