import { commandLine } from '../../src/throughline/settings/as-installed.ts'
import { command, ownTerminal, parseCommandLine } from '../command/command.ts'
import { printableJson } from '../command/printable.ts'
import { uiUrl } from '../trace/ui-url.ts'
import { examine } from './examine.ts'
import { findingLines } from './print.ts'

const USAGE = `Usage: ${commandLine('doctor', '[--ui URL] [--json]')}

Run in the folder of an app: says what it found there, whether a process that is started as the app is sends a
trace that arrives, and what to do about what is wrong (✗).

  --ui URL       where to look for that trace (default: the app's TRACE_UI_URL, else http://localhost:16686)
  --json         one JSON object for scripts: ok, folder and findings, as in cli/doctor/findings/finding.ts
  --help

What the start script and NODE_OPTIONS load before the app is loaded for this too, and .env is read.

Exit status: 0 nothing to be done, 1 something is, 2 misuse.`

const OPTIONS = { ui: { type: 'string' }, json: { type: 'boolean', default: false } } as const
/** How long a process may take that is started as the app is. */
const LIMIT_MS = 30_000
const WAIT = { waitMs: 10_000, everyMs: 250, missing: 'the trace is not there yet' }

/** `throughline doctor`; resolves to its exit status: 0 nothing to be done, 1 something is, 2 misuse. */
export const doctor = command('doctor', USAGE, async (args, terminal) => {
  const { stdout, env, paint, folder: called } = terminal
  const { values } = parseCommandLine({ args, options: OPTIONS }, USAGE)
  const ui = values.ui === undefined ? undefined : uiUrl(values.ui, undefined)
  const patience = { ...terminal, ...WAIT }
  const { folder, findings } = await examine({ called, env, ui, limitMs: LIMIT_MS, patience })
  const ok = findings.every(({ state }) => state !== 'wrong')
  const lines = values.json
    ? [printableJson({ ok, folder, findings })]
    : findingLines(findings, paint)
  stdout.write(`${lines.join('\n')}\n`)
  return ok ? 0 : 1
})

export function main(args: string[]): Promise<number> {
  return doctor(args, ownTerminal())
}
