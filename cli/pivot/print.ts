import type { Writable } from 'node:stream'
import type { Paint } from '../command/paint.ts'
import { printable } from '../command/printable.ts'
import { MOST_TRACES } from '../trace/backend.ts'
import { byStart, type Trace } from '../trace/trace.ts'
import { drawTrace, headline } from './draw.ts'
import type { Gathered } from './gathering.ts'
import { linkWords } from './link-words.ts'
import { type Found, urlOf } from './report.ts'
import { traceLines } from './trace-lines.ts'

/** More waterfalls than this nobody reads at once; the others have their headline and URL. */
const DRAWN = 10

/**
 * Draws the traces, each under its headline and what links it to the others, with its log lines and its URL. A trace
 * that was asked for comes before those linked with it; those of a correlation id are one story, and its end is drawn.
 */
export async function printText(
  found: Found,
  output: Writable,
  { width, paint }: { width: number; paint: Paint },
): Promise<void> {
  const { backend, identity, byTrace } = found
  const all = [...found.traces, ...found.linked]
  const traces = byTrace ? all : all.sort(byStart)
  const drawn = byTrace ? traces.slice(0, DRAWN) : traces.slice(-DRAWN)
  const words = linkWords(found)
  const linesOf = async (trace: Trace) => traceLines(trace, await backend.logLines(trace.traceId))
  if (traces.length > 1 && !byTrace) output.write(`${heading(found)}\n\n`)
  for (const [index, trace] of traces.entries()) {
    if (index > 0) output.write('\n')
    if (index === 1 && byTrace) output.write(`${linkedHeading(traces.length - 1)}\n\n`)
    // Only what was asked for has the span of the line.
    const spanId = found.traces.includes(trace) ? identity.spanId : undefined
    const canvas = { width, paint, spanId }
    const lines = [
      headline(trace, canvas),
      ...words(trace).map((line) => paint('cyan', line)),
      ...(drawn.includes(trace) ? drawTrace(trace, await linesOf(trace), canvas) : []),
      ...trace.correlationIds.map((id) => `correlation id ${printable(id)}`),
      urlOf(trace, found),
    ]
    output.write(`${lines.join('\n')}\n`)
  }
  for (const line of remarks(found)) output.write(`\n${paint('yellow', line)}\n`)
}

function heading({ traces, linked, identity }: Found): string {
  if (identity.correlationId === undefined && identity.traceId === undefined)
    return `${traces.length} traces are in this file, in the order of their start:`
  const newest = traces.length < MOST_TRACES ? '' : 'The newest '
  const more = linked.length > 0 ? `, ${linked.length} more linked with it` : ''
  const have = traces.length === 1 ? 'trace has' : 'traces have'
  return `${newest}${traces.length} ${have} this correlation id${more}, in the order of their start:`
}

function linkedHeading(count: number): string {
  return count === 1
    ? '1 trace is linked with it:'
    : `${count} traces are linked with it, in the order of their start:`
}

function remarks({ leftOut, trouble }: Gathered): string[] {
  const more = leftOut === 1 ? 'linked trace is' : 'linked traces are'
  return [
    ...(leftOut > 0 ? [`${leftOut} more ${more} left out`] : []),
    ...(trouble === undefined ? [] : [printable(`links were not followed to the end: ${trouble}`)]),
  ]
}
