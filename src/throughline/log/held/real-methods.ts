import { type Inside, isMethod, type Method, type Parts } from './inside.ts'

/**
 * The methods that write, of all levels of a logger, with labels and numbers. pino makes only those that are not left
 * out, so a logger of the lowest level is made for them, which tells nobody that its level has changed.
 */
export function realMethodsOf(logger: Inside, { setLevel }: Parts): [string, number, Method][] {
  const lowest = Math.min(...Object.values(logger.levels.values))
  const loud: Inside = Object.create(logger, { emit: { value: () => false } })
  setLevel.call(loud, lowest)
  return Object.entries(logger.levels.values).flatMap(([label, level]) => {
    const method = loud[label]
    return isMethod(method) ? [[label, level, method]] : []
  })
}
