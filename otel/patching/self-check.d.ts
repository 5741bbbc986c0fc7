import type { Logger } from '../../src/throughline/log/lines.ts'
import type { Report } from '../export/export-health.ts'
/** Which libraries are patched, and which are loaded and are not. */
export interface Patched {
  patched: string[]
  unpatched: string[]
}
export declare const NOTHING: Patched
/** What nobody can tell by looking: whether log records are exported, and whether undici is listened to. */
export interface Known {
  logs: boolean
  undici: boolean
}
/**
 * Looks at the modules that are loaded, not at what was configured: an app that was loaded before its
 * instrumentations makes no spans, and nothing else would say so. A library that is not loaded is in neither list;
 * pino counts where its records are to be exported.
 */
export declare function selfCheck(logger: Logger, known: Known): Patched
/** Says once that there is an Express that was not patched: that shows only when an app of it is served. */
export declare class UnseenExpress {
  #private
  constructor(report: Report)
  /** It stands in the start-up line already. */
  said(): void
  say(): void
}
