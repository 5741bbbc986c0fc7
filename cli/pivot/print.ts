import type { Writable } from 'node:stream'
import type { Identity } from '../../viewer/pages/find/identify.ts'
import { type Backend, MOST_TRACES } from '../trace/backend.ts'
import { type Canvas, drawTrace, headline } from '../trace/draw.ts'
import { momentsOf } from '../trace/moments.ts'
import { printable, printableJson } from '../trace/printable.ts'
import { type Report, traceReport, traceUrl } from '../trace/report.ts'
import { byStart, correlationIdsOf, type Trace } from '../trace/trace.ts'
import { linkWords } from './link-words.ts'
import type { Story } from './story.ts'

/** The traces that were found, with what they are linked with, and where they came from. */
export interface Found {
  story: Story
  identity: Identity
  backend: Backend
  /** Base URL of the backend's UI. */
  ui: string
}

/** More waterfalls than this nobody reads at once; the others have their headline and URL. */
const DRAWN = 10

/** Writes the report of all traces as one line of JSON. */
export async function printJson(found: Found, output: Writable): Promise<void> {
  const { backend, identity, ui, story } = found
  const reports = async (traces: readonly Trace[]) => {
    const made = []
    for (const trace of traces) {
      const moments = momentsOf(trace, await backend.logRecords(trace.traceId))
      made.push(traceReport(trace, moments, urlOf(trace, found)))
    }
    return made
  }
  const report: Report = {
    query: identity,
    ui,
    traces: await reports(story.found),
    linked: await reports(story.linked),
    linkedLeftOut: story.leftOut,
    ...(story.trouble !== undefined && { trouble: story.trouble }),
  }
  output.write(`${printableJson(report)}\n`)
}

/** Draws the traces, each under its headline and what links it to the others, with its log lines and its URL. */
export async function printText(found: Found, output: Writable, canvas: Canvas): Promise<void> {
  const { story, backend } = found
  const { traces, drawn } = sequence(found)
  const words = linkWords(story)
  const moments = async (trace: Trace) => momentsOf(trace, await backend.logRecords(trace.traceId))
  if (traces.length > 1 && !isByTrace(found)) output.write(`${heading(found)}\n\n`)
  for (const [index, trace] of traces.entries()) {
    if (index > 0) output.write('\n')
    if (index === 1 && isByTrace(found)) output.write(`${linkedHeading(traces.length - 1)}\n\n`)
    const own = story.found.includes(trace) ? canvas : { ...canvas, spanId: undefined }
    const lines = [
      headline(trace, canvas),
      ...words(trace).map((line) => canvas.paint('cyan', line)),
      ...(drawn.has(trace) ? drawTrace(trace, await moments(trace), own) : []),
      ...correlationIdsOf(trace).map((id) => `correlation id ${printable(id)}`),
      urlOf(trace, found),
    ]
    output.write(`${lines.join('\n')}\n`)
  }
  for (const line of remarks(story)) output.write(`\n${canvas.paint('yellow', line)}\n`)
}

/** A trace that was asked for comes before those linked with it; those of a correlation id are one story, and its end is drawn. */
function sequence(found: Found): { traces: Trace[]; drawn: Set<Trace> } {
  const { found: named, linked } = found.story
  if (isByTrace(found)) {
    const traces = [...named, ...linked]
    return { traces, drawn: new Set(traces.slice(0, DRAWN)) }
  }
  const traces = [...named, ...linked].sort(byStart)
  return { traces, drawn: new Set(traces.slice(-DRAWN)) }
}

function isByTrace({ story, identity }: Found): boolean {
  return story.found.some(({ traceId }) => traceId === identity.traceId)
}

function heading({ story: { found, linked }, identity }: Found): string {
  if (identity.correlationId === undefined && identity.traceId === undefined)
    return `${found.length} traces are in this file, in the order of their start:`
  const newest = found.length < MOST_TRACES ? '' : 'The newest '
  const more = linked.length > 0 ? `, ${linked.length} more linked with it` : ''
  const have = found.length === 1 ? 'trace has' : 'traces have'
  return `${newest}${found.length} ${have} this correlation id${more}, in the order of their start:`
}

function linkedHeading(count: number): string {
  return count === 1
    ? '1 trace is linked with it:'
    : `${count} traces are linked with it, in the order of their start:`
}

function remarks({ leftOut, trouble }: Story): string[] {
  const lines: string[] = []
  if (leftOut > 0) {
    const traces = leftOut === 1 ? 'linked trace is' : 'linked traces are'
    lines.push(`${leftOut} more ${traces} left out`)
  }
  if (trouble !== undefined) {
    lines.push(`links were not followed to the end: ${printable(trouble)}`)
  }
  return lines
}

/** The page of a trace with the line's own span selected, where that is in it. */
function urlOf(trace: Trace, { ui, identity }: Found): string {
  const own = trace.spans.find((span) => span.spanId === identity.spanId)
  return traceUrl(ui, trace, own?.spanId)
}
