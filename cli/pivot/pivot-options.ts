import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { commandLine } from '../../src/throughline/settings/as-installed.ts'
import { parseCommandLine } from '../command/command.ts'
import { Misuse } from '../command/command-error.ts'
import { uiUrl } from '../trace/ui-url.ts'

/** What pivot was asked for. */
export type PivotOptions = ReturnType<typeof pivotOptions>

export const USAGE = `Usage: ${commandLine('pivot', '<trace id | correlation id | log line | trace URL>')}
       … | ${commandLine('pivot', '-').replace('run', 'run -s')}     takes the last line with an id from a pipe
       ${commandLine('pivot', 'trace.json [id]')}     looks in a file that the viewer or Jaeger's API gave

Prints the trace with its log lines and its URL, then those linked with it; of a correlation id all traces, as one story.

  --ui URL       the trace backend: Jaeger or the viewer (default: TRACE_UI_URL, else http://localhost:16686)
  --since 7d     how far back to look for a correlation id, in s, m, h or d
  --wait 6s      how long to go on asking for a trace that has not arrived yet; 0s asks once
  --json         one JSON object for scripts (its shape is in cli/pivot/report.ts)
  --help

Exit status: 0 found, 1 not found or no backend, 2 misuse.`

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
const TEN_YEARS_MS = 3650 * 86_400_000

/** Reads the command line; throws Misuse where it makes no sense. */
export function pivotOptions(args: string[], env: NodeJS.ProcessEnv) {
  const config = { args, allowPositionals: true, options: OPTIONS }
  const { values, positionals } = parseCommandLine(config, USAGE)
  const file = positionals.find(isFile)
  const others = positionals.filter((each) => each !== file)
  // A log line that the shell has split at its spaces is one line again.
  const text = others.join(' ').trim()
  if (text === '' && file === undefined) throw new Misuse(`nothing to look for\n\n${USAGE}`)
  return {
    /** What to look for, `-` to read it from stdin; empty for all that is in the file. */
    text,
    /** The file of saved traces to look in, instead of a backend. */
    file,
    /** Base URL of the backend's UI and query API, without a trailing slash; of a file its own. */
    ui: file === undefined ? uiUrl(values.ui, env.TRACE_UI_URL) : pathToFileURL(file).href,
    /** How far back a correlation id is looked for. */
    since: stretch('--since', values.since),
    /** How long to go on asking for what is not there yet. */
    wait: stretch('--wait', values.wait),
    json: values.json,
  }
}

/** An id may look like a file's name; one that is there, and says that it is JSON, is meant as that. */
const isFile = (text: string) => /\.jsonl?$/i.test(text) && existsSync(text)

const OPTIONS = {
  ui: { type: 'string' },
  since: { type: 'string', default: '7d' },
  wait: { type: 'string', default: '6s' },
  json: { type: 'boolean', default: false },
} as const

/** A length of time, as it was written and in milliseconds. */
function stretch(option: string, text: string) {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(text.trim()) ?? []
  const ms = Number(amount) * (UNIT_MS[unit ?? ''] ?? Number.NaN)
  if (ms <= TEN_YEARS_MS) return { text, ms }
  throw new Misuse(`${option}=${text}: expected a number with s, m, h or d, such as 30s, 12h or 7d`)
}
