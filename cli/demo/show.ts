import { commandLine } from '../../src/throughline/settings/as-installed.ts'
import type { Terminal } from '../command/command.ts'
import { pivot } from '../pivot/pivot.ts'
import type { AppLine } from '../run/app-line.ts'
import { type Backend, backendAt } from '../trace/backend.ts'
import { poll } from '../trace/poll.ts'
import { APP_SERVICE, DOWNSTREAM_SERVICE } from './demo-environment.ts'
import type { Stage } from './stage.ts'

const WAIT = { waitMs: 10_000, everyMs: 100 }

/** The demo, from the first heading until its end, with `ends` by itself; resolves to the exit status. */
export async function show(stage: Stage, terminal: Terminal, ends: boolean): Promise<0 | 1> {
  introduce(stage, terminal)
  heading('Requests, each with a correlation id, and the lines they log', terminal)
  await send('/work', 'abc-123', stage, terminal)
  await send('/boom', 'boom-777', stage, terminal)
  const line = await send('/proxy', 'trace-abc', stage, terminal)
  heading('The last of these lines, and the trace that it leads to', terminal)
  const found = await stepToTrace(line, stage, terminal)
  if (ends) return found ? 0 : 1
  invite(stage, terminal)
  const { app, downstream } = stage
  await Promise.race([app, downstream].map(({ process }) => process.untilTold()))
  return 0
}

function introduce({ home, app, downstream, remarks }: Stage, { stdout, paint }: Terminal): void {
  const places = [
    `${paint('bold', 'traces    ')}  ${home.ui}`,
    `${paint('bold', 'app       ')}  ${app.url}`,
    `${paint('bold', 'downstream')}  ${downstream.url}`,
    ...remarks.map((remark) => paint('yellow', remark)),
  ]
  stdout.write(`${places.join('\n')}\n`)
}

function heading(text: string, { stdout, paint }: Terminal): void {
  stdout.write(`\n${paint(['bold', 'underline'], text)}\n`)
}

/** Sends a request and shows it with its lines and its answer; resolves to the app's completion line. */
async function send(
  path: string,
  correlationId: string,
  { app, downstream }: Stage,
  { signal, stdout, paint }: Terminal,
): Promise<AppLine> {
  const url = `${app.url}${path}`
  stdout.write(`\n${paint('dim', '$')} curl -H 'x-correlation-id: ${correlationId}' ${url}\n`)
  const isLast = (line: AppLine) =>
    line.msg === 'request completed' && line.correlationId === correlationId
  const [line, answer] = await Promise.all([
    app.process.nextLine(isLast),
    fetch(url, { headers: { 'x-correlation-id': correlationId }, signal }),
    path === '/proxy' && downstream.process.nextLine(isLast),
  ])
  stdout.write(`${answer.status} ${await answer.text()}\n`)
  return line
}

/** Whether the line leads to its trace, complete with the downstream's part and the log lines. */
async function stepToTrace(line: AppLine, { home, lines }: Stage, terminal: Terminal) {
  const { ui, keepsLogs } = home
  const { stdout, stderr, paint } = terminal
  const { trace_id: traceId } = line
  if (traceId === undefined) {
    stderr.write('demo: this line names no trace: the lines of the start say why\n')
    return false
  }
  const ofTrace = lines.ofRequests.filter((each) => each.trace_id === traceId)
  const missing = await poll(
    () => missingOf(traceId, keepsLogs ? ofTrace.length : 0, backendAt(ui)),
    (still) => still === undefined,
    { ...terminal, ...WAIT },
  )
  stdout.write(`\n${paint('dim', '$')} ${commandLine('pivot', "'<that line>'")}\n\n`)
  const status = await pivot([line.text, '--ui', ui, '--wait', '0s'], terminal)
  if (missing) stderr.write(`demo: the trace has not arrived whole: no ${missing}\n`)
  return status === 0 && missing === undefined
}

/** What of a trace with so many log lines has not arrived yet, in words; undefined where all is there. */
async function missingOf(traceId: string, lines: number, backend: Backend) {
  const there = (await backend.trace(traceId))?.services ?? []
  const missing = [APP_SERVICE, DOWNSTREAM_SERVICE].filter((service) => !there.includes(service))
  if (missing.length > 0) return `spans of ${missing.join(' and ')}`
  if (lines === 0) return undefined
  return (await backend.logLines(traceId)).length < lines ? 'log lines' : undefined
}

function invite({ home: { ui }, app, lines }: Stage, terminal: Terminal): void {
  const { stdout, paint } = terminal
  const theirs = URL.parse(terminal.env.TRACE_UI_URL || 'http://localhost:16686')
  const option = theirs?.port === URL.parse(ui)?.port ? '' : ` --ui ${ui}`
  heading('Yours to try', terminal)
  const tries = [
    `${paint('bold', 'all traces')}  ${ui}`,
    `${paint('bold', 'a request ')}  curl -i -H 'x-correlation-id: mine-1' ${app.url}/proxy`,
    `${paint('bold', 'its trace ')}  ${commandLine('pivot', `mine-1${option}`)}`,
  ]
  stdout.write(`\n${tries.join('\n')}\n\nIts lines will stand here. Ctrl-C ends it all.\n`)
  lines.showAll()
}
