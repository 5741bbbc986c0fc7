import type { Readable } from 'node:stream'
import { loadEnvFile } from '../../src/throughline/settings/environment.ts'
import { type Identity, identify } from '../../viewer/pages/find/identify.ts'
import { command, ownTerminal, type Terminal } from '../command/command.ts'
import { foreseen, Misuse } from '../command/command-error.ts'
import { printableJson } from '../command/printable.ts'
import { backendAt } from '../trace/backend.ts'
import { findTraces } from '../trace/find.ts'
import { backendIn } from './file-backend.ts'
import { gather } from './gathering.ts'
import { lastIdentity } from './last-identity.ts'
import { whyNotFound } from './not-found.ts'
import { pivotOptions, USAGE } from './pivot-options.ts'
import { printText } from './print.ts'
import { reportOf } from './report.ts'

const WAIT = { everyMs: 500, missing: 'not there yet' }
/** Of what is drawn, in columns, where no terminal has its own. */
const WIDTH = { usual: 100, least: 50 }

/** `throughline pivot`; resolves to its exit status: 0 found, 1 not found or no backend, 2 misuse. */
export const pivot = command('pivot', USAGE, run)

export function main(args: string[]): Promise<number> {
  loadEnvFile()
  return pivot(args, ownTerminal())
}

async function run(args: string[], terminal: Terminal): Promise<0 | 1> {
  const { stdin, stdout, stderr, env, paint, now } = terminal
  const options = pivotOptions(args, env)
  const { text, file, ui, json } = options
  const identity = text === '' ? {} : await identityOf(text, stdin)
  const backend = file === undefined ? backendAt(ui, now) : await backendIn(file).catch(foreseen)
  const since = new Date(now() - options.since.ms)
  // A file does not grow while it is read.
  const waitMs = file === undefined ? options.wait.ms : 0
  const traces = await findTraces(backend, identity, since, { ...terminal, ...WAIT, waitMs })
  if (traces.length > 0 || json) {
    const byTrace = traces.some(({ traceId }) => traceId === identity.traceId)
    const searched = byTrace ? undefined : (identity.correlationId ?? identity.traceId)
    const gathered = await gather(traces, backend, since, searched)
    const found = { ...gathered, identity, byTrace, backend, ui }
    const width = Math.max(stdout.columns || WIDTH.usual, WIDTH.least)
    if (json) stdout.write(`${printableJson(await reportOf(found))}\n`)
    else await printText(found, stdout, { width, paint })
  }
  if (traces.length > 0) return 0
  stderr.write(`${whyNotFound(identity, options, await backend.services())}\n`)
  return 1
}

async function identityOf(text: string, stdin: Readable): Promise<Identity> {
  const identity = text === '-' ? await lastIdentity(stdin) : identify(text)
  // 32 hex digits may be somebody's correlation id as well, in the case in which they are written.
  if (identity?.traceId === text.toLowerCase()) return { ...identity, correlationId: text }
  if (identity) return identity
  throw new Misuse(
    text === '-'
      ? 'no line on stdin has a trace id or a correlation id'
      : 'no trace id or correlation id in the argument; quote a log line with single quotes',
  )
}
