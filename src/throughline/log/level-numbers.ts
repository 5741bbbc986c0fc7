/** pino's numbers of its own levels. */
const NUMBERS = new Map([
  ['trace', 10],
  ['debug', 20],
  ['info', 30],
  ['warn', 40],
  ['error', 50],
  ['fatal', 60],
])

/** pino's number for `error`: from here on a line says that something has failed. */
export const ERROR_LEVEL = 50

/** The number of a level that pino names; of `silent` it is above all others. */
export function levelNumber(level: string): number {
  return NUMBERS.get(level) ?? Number.POSITIVE_INFINITY
}
