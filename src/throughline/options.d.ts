import type { Logger } from './log/lines.ts'
/** What `throughline()` takes. */
export interface Options<L extends Logger = Logger> {
  /**
   * A logger of pino, or pino's options for one: all that they say stays, and the identities come on top. Left out, it
   * writes JSON to stdout, from LOG_LEVEL on.
   */
  logger?: L | PinoOptions
  /** Whether `requests` answers `/livez` and `/readyz`; true where it is left out. */
  health?: boolean
  /** Whether `requests` writes a line when a request is over; true where it is left out. */
  requestLog?: boolean
  /** Whether `errors` answers 404 and failures, or only tells of failures; true where it is left out. */
  errorAnswers?: boolean
  /** The trace UI that `trace_url` points to, instead of TRACE_UI_URL. */
  traceUiUrl?: string
}
/** pino's options (https://getpino.io/#/docs/api?id=options), such as `level`, `name`, `redact` and `transport`. */
export type PinoOptions = Readonly<Record<string, unknown>>
/** Throws a TypeError that names every option that there is not, or that cannot be what it is. */
export declare function checkOptions(given: object): void
