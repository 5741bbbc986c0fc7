import { integer } from '../../src/throughline/settings/environment.ts'
import { Misuse } from './command-error.ts'

/** The number that an option names; throws Misuse where it is none from `min` to `max`. */
export function wholeNumber(option: string, value: string, min: number, max: number): number {
  const result = integer(min, max).safeParse(value)
  if (result.success) return result.data
  throw new Misuse(`${option}=${value}: expected a whole number from ${min} to ${max}`)
}
