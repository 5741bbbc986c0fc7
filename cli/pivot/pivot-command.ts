import type { Readable, Writable } from 'node:stream'
import { type Identity, identify } from '../../viewer/pages/find/identify.ts'
import { Misuse } from '../run/misuse.ts'
import { BackendError, backendAt } from '../trace/backend.ts'
import { backendIn } from '../trace/file-backend.ts'
import { findTraces } from '../trace/find.ts'
import { paintFor } from '../trace/paint.ts'
import { type Patience, patienceFor } from '../trace/patience.ts'
import { printable } from '../trace/printable.ts'
import { lastIdentity } from './last-identity.ts'
import { notFound } from './not-found.ts'
import { type PivotOptions, pivotOptions, USAGE } from './pivot-options.ts'
import { type Found, printJson, printText } from './print.ts'
import { storyOf } from './story.ts'

export interface Terminal {
  stdin: Readable
  stdout: Writable & { isTTY?: boolean; columns?: number }
  stderr: Writable & { isTTY?: boolean }
  env: NodeJS.ProcessEnv
  now(): number
  /** Resolves after so many milliseconds. */
  pause(milliseconds: number): Promise<unknown>
}

const ASK_EVERY_MS = 500
/** A file does not grow while it is read. */
const none: Patience = { retries: 0, pause: async () => {} }
const WIDTH = 100

/** Runs `npm run pivot` and resolves to its exit status: 0 found, 1 not found or no backend, 2 misuse. */
export async function pivot(args: string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    return await run(pivotOptions(args, terminal.env), terminal)
  } catch (error) {
    if (!(error instanceof Misuse) && !(error instanceof BackendError)) throw error
    const misused = error instanceof Misuse
    // What a backend says is no more to be trusted than its spans.
    terminal.stderr.write(`pivot: ${misused ? error.message : printable(error.message)}\n`)
    return misused ? 2 : 1
  }
}

async function run(options: PivotOptions, terminal: Terminal): Promise<0 | 1> {
  if (options.help) {
    terminal.stdout.write(`${USAGE}\n`)
    return 0
  }
  const { ui, json, sinceMs, file } = options
  const identity = options.text === '' ? {} : await identityOf(options.text, terminal.stdin)
  const inFile = file === undefined ? undefined : backendIn(file)
  const backend = inFile ?? backendAt(ui, terminal.now)
  const since = new Date(inFile ? 0 : terminal.now() - sinceMs)
  const wait = { waitMs: options.waitMs, everyMs: ASK_EVERY_MS, missing: 'not there yet' }
  const patience = inFile ? none : patienceFor(wait, terminal)
  const traces =
    inFile && options.text === ''
      ? inFile.all
      : await findTraces(backend, identity, since, patience)
  if (traces.length > 0 || json) {
    const searched = traces.some(({ traceId }) => traceId === identity.traceId)
      ? undefined
      : (identity.correlationId ?? identity.traceId)
    const story = await storyOf(traces, backend, since, searched)
    await print({ story, identity, backend, ui }, json, terminal)
  }
  if (traces.length > 0) return 0
  terminal.stderr.write(`${notFound(identity, options, await backend.services())}\n`)
  return 1
}

function print(found: Found, json: boolean, { stdout, env }: Terminal): Promise<void> {
  if (json) return printJson(found, stdout)
  const canvas = {
    width: stdout.columns || WIDTH,
    paint: paintFor(stdout, env),
    spanId: found.identity.spanId,
  }
  return printText(found, stdout, canvas)
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
