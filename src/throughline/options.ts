import { z } from 'zod'
import type { Logger } from './log/lines.ts'
import { traceUiUrl } from './settings/environment.ts'

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

const Given = z.strictObject({
  logger: z.looseObject({}, 'a logger of pino, or options for one').or(z.function()).optional(),
  health: z.boolean('true or false').optional(),
  requestLog: z.boolean('true or false').optional(),
  errorAnswers: z.boolean('true or false').optional(),
  traceUiUrl: traceUiUrl().optional(),
})

/** The options, with their URL as the variable has it; throws a TypeError that names all that cannot be. */
export function checkOptions(given: Options): Options {
  const { data, error } = Given.safeParse(given)
  if (data !== undefined)
    return { ...given, ...(data.traceUiUrl && { traceUiUrl: data.traceUiUrl }) }
  throw new TypeError(`throughline(): ${error.issues.map(complaint).join('; ')}`)
}

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys')
    return `${String(issue.path[0])} has to be ${issue.message}`
  return `no option ${issue.keys.join(', ')}; there are ${Object.keys(Given.shape).join(', ')}`
}
