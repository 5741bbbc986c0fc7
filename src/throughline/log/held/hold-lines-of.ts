import { levelOnFailureOf } from '../../settings/settings.ts'
import { symbolIn } from '../pino-symbols.ts'
import { HOLDS, holdLines } from './hold.ts'

/** Read at the first line, like the rest of the environment. */
let level: string | undefined
let isRead = false

/**
 * Holds the lines of a logger that has our mixin alone, from LOG_LEVEL_ON_FAILURE up, and of all that it is a child of:
 * the mixin meets it with its first line.
 */
export function holdLinesOf(logger: object): void {
  if (!isRead) {
    level = levelOnFailureOf(process.env)
    isRead = true
  }
  if (level === undefined || HOLDS in logger) return
  const mixin = symbolIn(logger, 'mixin')
  if (mixin === undefined) return
  let root = logger
  while (!Object.hasOwn(root, mixin)) root = Object.getPrototypeOf(root)
  holdLines(root, level)
}
