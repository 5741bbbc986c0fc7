import { commandLine } from '../../src/throughline/settings/as-installed.ts'
import type { Terminal } from '../command/command.ts'
import { type Paint, paintFor } from '../command/paint.ts'
import { pivot } from '../pivot/pivot.ts'
import type { AppLine } from '../run/app-line.ts'
import { type Backend, backendAt } from '../trace/backend.ts'
import { poll } from '../trace/poll.ts'
import { servicesOf } from '../trace/trace.ts'
import { APP_SERVICE, DOWNSTREAM_SERVICE } from './demo-environment.ts'
import type { Stage } from './stage.ts'

const WAIT = { waitMs: 10_000, everyMs: 100 }

interface Show {
  terminal: Terminal
  stage: Stage
  paint: Paint
}

/** The demo, from the first heading until its end, with `ends` by itself; resolves to the exit status. */
export async function show(stage: Stage, terminal: Terminal, ends: boolean): Promise<0 | 1> {
  const playing = { terminal, stage, paint: paintFor(terminal.stdout, terminal.env) }
  introduce(playing)
  heading('Requests, each with a correlation id, and the lines they log', playing)
  await send('/work', 'abc-123', playing)
  await send('/boom', 'boom-777', playing)
  const line = await send('/proxy', 'trace-abc', playing)
  heading('The last of these lines, and the trace that it leads to', playing)
  const found = await stepToTrace(line, playing)
  if (ends) return found ? 0 : 1
  invite(playing)
  const { app, downstream } = stage
  await Promise.race([app, downstream].map(({ process }) => process.untilTold()))
  return 0
}

function introduce({ stage, terminal, paint }: Show): void {
  const { home, app, downstream, remarks } = stage
  const places = [
    `${paint('bold', 'traces    ')}  ${home.ui}`,
    `${paint('bold', 'app       ')}  ${app.url}`,
    `${paint('bold', 'downstream')}  ${downstream.url}`,
    ...remarks.map((remark) => paint('yellow', remark)),
  ]
  terminal.stdout.write(`${places.join('\n')}\n`)
}

function heading(text: string, { terminal, paint }: Show): void {
  terminal.stdout.write(`\n${paint(['bold', 'underline'], text)}\n`)
}

/** Sends a request and shows it with its lines and its answer; resolves to the app's completion line. */
async function send(path: string, correlationId: string, show: Show): Promise<AppLine> {
  const { stage, terminal, paint } = show
  const { signal, stdout } = terminal
  const { app, downstream } = stage
  const url = `${app.url}${path}`
  stdout.write(`\n${paint('dim', '$')} curl -H 'x-correlation-id: ${correlationId}' ${url}\n`)
  const isLast = (line: AppLine) =>
    line.msg === 'request completed' && line.correlationId === correlationId
  const [line, answer] = await Promise.all([
    app.process.nextLine(isLast),
    ask(url, correlationId, signal),
    path === '/proxy' && downstream.process.nextLine(isLast),
  ])
  stdout.write(`${answer}\n`)
  return line
}

async function ask(url: string, correlationId: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { headers: { 'x-correlation-id': correlationId }, signal })
  return `${response.status} ${await response.text()}`
}

/** Whether the line leads to its trace, complete with the downstream's part and the log lines. */
async function stepToTrace(line: AppLine, { stage, terminal, paint }: Show) {
  const { ui, keepsLogs } = stage.home
  const { trace_id: traceId } = line
  if (traceId === undefined) {
    terminal.stderr.write('demo: this line names no trace: the lines of the start say why\n')
    return false
  }
  const ofTrace = stage.lines.ofRequests.filter((each) => each.trace_id === traceId)
  const missing = await poll(
    () => missingOf(traceId, keepsLogs ? ofTrace.length : 0, backendAt(ui)),
    (still) => still === undefined,
    { ...terminal, ...WAIT },
  )
  terminal.stdout.write(`\n${paint('dim', '$')} ${commandLine('pivot', "'<that line>'")}\n\n`)
  const status = await pivot([line.text, '--ui', ui, '--wait', '0s'], terminal)
  if (missing) terminal.stderr.write(`demo: the trace has not arrived whole: no ${missing}\n`)
  return status === 0 && missing === undefined
}

/** What of a trace with so many log lines has not arrived yet, in words; undefined where all is there. */
async function missingOf(traceId: string, lines: number, backend: Backend) {
  const trace = await backend.trace(traceId)
  const there = trace === undefined ? [] : servicesOf(trace)
  const missing = [APP_SERVICE, DOWNSTREAM_SERVICE].filter((service) => !there.includes(service))
  if (missing.length > 0) return `spans of ${missing.join(' and ')}`
  if (lines === 0) return undefined
  return (await backend.logLines(traceId)).length < lines ? 'log lines' : undefined
}

function invite(show: Show): void {
  const { stage, terminal, paint } = show
  const { ui } = stage.home
  const theirs = URL.parse(terminal.env.TRACE_UI_URL || 'http://localhost:16686')
  const option = theirs?.port === URL.parse(ui)?.port ? '' : ` --ui ${ui}`
  heading('Yours to try', show)
  const tries = [
    `${paint('bold', 'all traces')}  ${ui}`,
    `${paint('bold', 'a request ')}  curl -i -H 'x-correlation-id: mine-1' ${stage.app.url}/proxy`,
    `${paint('bold', 'its trace ')}  ${commandLine('pivot', `mine-1${option}`)}`,
  ]
  terminal.stdout.write(`\n${tries.join('\n')}\n\nIts lines will stand here. Ctrl-C ends it all.\n`)
  stage.lines.showAll()
}
