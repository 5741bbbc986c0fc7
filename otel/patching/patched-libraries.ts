import type { Logger } from '../../src/throughline/log/lines.ts'
import { REGISTER } from '../../src/throughline/settings/as-installed.ts'
import { type Known, NOTHING, type Patched, selfCheck, type UnseenExpress } from './self-check.ts'

/** Why a library that is loaded is not patched. */
export const LOADED_FIRST = `loaded before ${REGISTER}, or replaced after it: put --import ${REGISTER} before every other --import`

/** Looks at the app's libraries at its start, and again once it listens, for those that it loads late. */
export class PatchedLibraries {
  readonly #known: Known
  readonly #unseenExpress: UnseenExpress
  #logger: Logger | undefined
  #said: Patched = NOTHING

  constructor(known: Known, unseenExpress: UnseenExpress) {
    this.#known = known
    this.#unseenExpress = unseenExpress
  }

  /** For the start-up line, which says it. */
  atStart(logger: Logger): Patched {
    this.#logger = logger
    this.#said = selfCheck(logger, this.#known)
    if (this.#said.unpatched.includes('express')) this.#unseenExpress.said()
    return this.#said
  }

  /** Says what is patched, or should be, and was not loaded at the start. */
  sayLater(): void {
    const logger = this.#logger
    if (logger === undefined) return
    const { patched, unpatched } = selfCheck(logger, this.#known)
    const more = patched.filter((name) => !this.#said.patched.includes(name))
    const missing = unpatched.filter((name) => !this.#said.unpatched.includes(name))
    this.#said = { patched, unpatched }
    if (more.length > 0) logger.info({ patched: more }, 'telemetry on, later')
    if (missing.length > 0)
      logger.warn({ unpatched: missing, reason: LOADED_FIRST }, 'telemetry incomplete')
    if (missing.includes('express')) this.#unseenExpress.said()
  }
}
