import { commandLine } from '../../src/throughline/settings/as-installed.ts'
import { parseCommandLine } from '../run/misuse.ts'
import { uiUrl } from '../trace/ui-url.ts'

export interface DoctorOptions {
  /** The trace UI to look into; undefined for the one that the app has. */
  ui: string | undefined
  json: boolean
  help: boolean
}

export const USAGE = `Usage: ${commandLine('doctor', '[--ui URL] [--json]')}

Run in the folder of an app: says what it found there, whether a process that is started as the app is sends a
trace that arrives, and what to do about what is wrong (✗).

  --ui URL       where to look for that trace (default: the app's TRACE_UI_URL, else http://localhost:16686)
  --json         one JSON object for scripts (its shape is Report in cli/doctor/doctor-command.ts)
  --help

What the start script and NODE_OPTIONS load before the app is loaded for this too, and .env is read.

Exit status: 0 nothing to be done, 1 something is, 2 misuse.`

/** Reads the command line; throws Misuse where it makes no sense. */
export function doctorOptions(args: string[]): DoctorOptions {
  const { ui, json, help } = parseCommandLine({ args, options: OPTIONS }, USAGE).values
  return { ui: ui === undefined ? undefined : uiUrl(ui, undefined), json, help }
}

const OPTIONS = {
  ui: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const
