import type { Writable } from 'node:stream'
import type { Identity } from '../../viewer/identify.ts'
import { momentsOf } from '../demo/moments.ts'
import { type Backend, MOST_TRACES } from '../trace/backend.ts'
import { type Canvas, drawTrace, headline } from '../trace/draw.ts'
import { printable, printableJson } from '../trace/printable.ts'
import { type Report, traceReport, traceUrl } from '../trace/report.ts'
import { correlationIdsOf, type Trace } from '../trace/trace.ts'

/** The traces that were found, newest first, and where they came from. */
export interface Found {
  traces: readonly Trace[]
  identity: Identity
  backend: Backend
  /** Base URL of the backend's UI. */
  ui: string
}

/** More waterfalls than this would push the newest, which stands first, out of sight. */
const DRAWN = 3

/** Writes the report of all traces as one line of JSON. */
export async function printJson(found: Found, output: Writable): Promise<void> {
  const { backend, identity, ui } = found
  const report: Report = { query: identity, ui, traces: [] }
  for (const trace of found.traces) {
    const moments = momentsOf(trace, await backend.logRecords(trace.traceId))
    report.traces.push(traceReport(trace, moments, urlOf(trace, found)))
  }
  output.write(`${printableJson(report)}\n`)
}

/** Draws the newest traces, each with its log lines and its URL; older ones have their headline and URL. */
export async function printText(found: Found, output: Writable, canvas: Canvas): Promise<void> {
  const { traces, backend } = found
  if (traces.length > 1) output.write(`${heading(traces.length)}\n\n`)
  for (const [index, trace] of traces.entries()) {
    const lines = [headline(trace, canvas)]
    if (index < DRAWN) {
      const moments = momentsOf(trace, await backend.logRecords(trace.traceId))
      lines.push(...drawTrace(trace, moments, canvas))
    }
    for (const id of correlationIdsOf(trace)) lines.push(`correlation id ${printable(id)}`)
    output.write(`${[...lines, urlOf(trace, found)].join('\n')}\n`)
    if (index < traces.length - 1) output.write('\n')
  }
}

function heading(count: number): string {
  const number = count < MOST_TRACES ? `${count}` : `The newest ${count}`
  return `${number} traces have this correlation id, newest first:`
}

/** The page of a trace with the line's own span selected, where that is in it. */
function urlOf(trace: Trace, { ui, identity }: Found): string {
  const own = trace.spans.find((span) => span.spanId === identity.spanId)
  return traceUrl(ui, trace, own?.spanId)
}
