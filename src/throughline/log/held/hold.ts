import { getContext, type RequestContext } from '../../identity/context.ts'
import { ERROR_LEVEL, levelNumber } from '../level-numbers.ts'
import { beginToHold, failed, heldLinesOf } from './failure.ts'
import { HeldLine } from './held-line.ts'
import type { HeldLines } from './held-lines.ts'
import { type Inside, isInside, type Method, partsOf } from './inside.ts'
import { realMethodsOf } from './real-methods.ts'
import { UNREADABLE } from './snapshot.ts'

/** On a logger that holds lines, and so on its children. */
export const HOLDS = Symbol.for('throughline.holds')

/** The line whose method is running; pino's writing of it is known by its level. */
let underway: Underway | undefined

interface Underway {
  lines: HeldLines
  own: RequestContext
  level: number
}

/**
 * Holds the lines of a pino logger and of its children, from level `lowest` up to their own, in a request or job: they are
 * written only if it fails. Outside of one nothing changes, and a silent logger stays so.
 */
export function holdLines(logger: object, lowest: string): void {
  if (!isInside(logger)) return
  const parts = partsOf(logger)
  const lowestNumber = levelNumber(lowest)
  const { isLevelEnabled } = logger
  const methods = new WeakMap<object, Map<string, Method>>()

  /** The methods that hold, by the labels of their levels; a child may have levels of its own. */
  function methodsOf(each: Inside): Map<string, Method> {
    const known = methods.get(each.levels)
    if (known !== undefined) return known
    const made = new Map<string, Method>()
    for (const [label, level, real] of realMethodsOf(each, parts)) {
      if (level >= lowestNumber) made.set(label, holding(level, real))
    }
    methods.set(each.levels, made)
    return made
  }

  /** Puts them where pino has put its no-op, as it does for each logger that has a level of its own. */
  function replaceLeftOut(each: Inside): void {
    // Below a silent logger's level is everything.
    if (each.levelVal === Number.POSITIVE_INFINITY) return
    for (const [label, method] of methodsOf(each)) {
      if (!isLeftOut(each, label)) continue
      each[label] = method
      beginToHold()
    }
  }

  /** Takes what a method of ours has pino write: with its message formatted, by whatever hooks the app has. */
  function write(this: Inside, fields: unknown, message: unknown, level: number): void {
    if (level !== underway?.level) {
      parts.write.call(this, fields, message, level)
      return
    }
    const { lines, own } = underway
    underway = undefined
    lines.hold(new HeldLine(parts, this, own, fields, message, level))
  }

  function holding(level: number, real: Method): Method {
    return function hold(...args) {
      // Where a child has no level of its own, that of its parent may have changed.
      if (this.levelVal <= level) return Reflect.apply(real, this, args)
      const own = getContext()
      if (own === undefined) return
      if (level >= ERROR_LEVEL) failed(own)
      const lines = heldLinesOf(own)
      if (lines === undefined) return
      if (lines.failed) return Reflect.apply(real, this, args)
      const around = underway
      underway = { lines, own, level }
      try {
        Reflect.apply(real, this, args)
      } catch {
        // A getter that throws, in what may never be written, is no reason to fail.
        lines.hold(new HeldLine(parts, this, own, { fields: UNREADABLE }, args[1], level))
      } finally {
        underway = around
      }
    }
  }

  const method = { writable: true, configurable: true }
  Object.defineProperties(logger, {
    [HOLDS]: { value: true },
    [parts.writeAt]: { ...method, value: write },
    [parts.setLevelAt]: {
      ...method,
      value(this: Inside, level: unknown) {
        Reflect.apply(parts.setLevel, this, [level])
        replaceLeftOut(this)
      },
    },
    isLevelEnabled: {
      ...method,
      value(this: Inside, level: string) {
        if (Reflect.apply(isLevelEnabled, this, [level])) return true
        const method = methodsOf(this).get(level)
        return method !== undefined && this[level] === method && getContext() !== undefined
      },
    },
  })
  replaceLeftOut(logger)
}

/** Whether pino leaves out the lines of a level: below the logger's own, by its number. */
function isLeftOut(logger: Inside, label: string): boolean {
  const level = logger.levels.values[label]
  return level !== undefined && level < logger.levelVal && logger[label] === logger.silent
}
