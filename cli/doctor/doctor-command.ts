import type { Writable } from 'node:stream'
import type { Environment } from '../../src/throughline/settings/environment.ts'
import { Misuse } from '../run/misuse.ts'
import { paintFor } from '../trace/paint.ts'
import { patienceFor } from '../trace/patience.ts'
import { printableJson } from '../trace/printable.ts'
import { doctorOptions, USAGE } from './doctor-options.ts'
import { examine } from './examine.ts'
import type { Finding } from './findings/finding.ts'
import { findingLines } from './print.ts'

export interface DoctorTerminal {
  stdout: Writable & { isTTY?: boolean }
  stderr: Writable & { isTTY?: boolean }
  env: Environment
  /** Where the command was called. */
  folder: string
  /** Resolves after so many milliseconds. */
  pause(milliseconds: number): Promise<unknown>
  /** How long the process may take that is started as the app is, in milliseconds. */
  limitMs?: number
}

/** What `--json` prints, one object on one line; fields may be added, these stay. */
export interface Report {
  /** Whether nothing is to be done. */
  ok: boolean
  /** Where the app's package.json is. */
  folder: string
  findings: Finding[]
}

const LIMIT_MS = 30_000
const WAIT = { waitMs: 10_000, everyMs: 250, missing: 'the trace is not there yet' }

/** Runs `throughline doctor` and resolves to its exit status: 0 nothing to be done, 1 something is, 2 misuse. */
export async function doctor(args: string[], terminal: DoctorTerminal): Promise<0 | 1 | 2> {
  try {
    return await run(args, terminal)
  } catch (error) {
    if (!(error instanceof Misuse)) throw error
    terminal.stderr.write(`doctor: ${error.message}\n`)
    return 2
  }
}

async function run(args: string[], terminal: DoctorTerminal): Promise<0 | 1> {
  const { stdout, env, folder: called, limitMs = LIMIT_MS } = terminal
  const { ui, json, help } = doctorOptions(args)
  if (help) {
    stdout.write(`${USAGE}\n`)
    return 0
  }
  const { folder, findings } = await examine({
    ...{ folder: called, env, ui, limitMs },
    patience: patienceFor(WAIT, terminal),
  })
  const ok = findings.every(({ state }) => state !== 'wrong')
  const report: Report = { ok, folder, findings }
  const lines = json ? [printableJson(report)] : findingLines(findings, paintFor(stdout, env))
  stdout.write(`${lines.join('\n')}\n`)
  return ok ? 0 : 1
}
