import type { Logger } from '../../src/throughline/log/lines.ts'
import { type Known, type Patched, type UnseenExpress } from './self-check.ts'
/** Why a library that is loaded is not patched. */
export declare const LOADED_FIRST: string
/** Looks at the app's libraries at its start, and again once it listens, for those that it loads late. */
export declare class PatchedLibraries {
  #private
  constructor(known: Known, unseenExpress: UnseenExpress)
  /** For the start-up line, which says it. */
  atStart(logger: Logger): Patched
  /** Says what is patched, or should be, and was not loaded at the start. */
  sayLater(): void
}
