import { type LogRow, layOut, type SpanRow } from '../../viewer/pages/trace/waterfall.ts'
import { formatDuration } from '../../viewer/query/duration.ts'
import type { Span } from '../../viewer/store/span.ts'
import { cell, type Paint, type Piece, type Style } from '../command/paint.ts'
import { printable } from '../command/printable.ts'
import { attributeText, isoTime, type Trace } from '../trace/trace.ts'
import type { TraceLine } from './trace-lines.ts'
import { treePrefixes } from './tree.ts'

interface Canvas {
  /** Columns of the terminal, at least 50. */
  width: number
  paint: Paint
  /** The span that the pasted line belongs to. */
  spanId: string | undefined
}

const SERVICE_COLORS: readonly Style[] = ['cyan', 'magenta', 'blue', 'green', 'yellow']
const LEVEL_STYLES: Readonly<Record<string, Style>> = {
  FATAL: 'red',
  ERROR: 'red',
  EXCEPTION: 'red',
  WARN: 'yellow',
}
const TIME_COLUMNS = 11

interface Layout extends Canvas {
  trace: Trace
  label: number
  bar: number
}

/** A trace as lines for a terminal: its tree with bars, durations and log lines in their place, then what is missing. */
export function drawTrace(trace: Trace, lines: readonly TraceLine[], canvas: Canvas): string[] {
  const room = canvas.width - TIME_COLUMNS
  const bar = Math.floor(room * 0.45)
  const layout = { ...canvas, trace, bar, label: room - bar - 1 }
  const { rows } = layOut(trace.spans, lines)
  const prefixes = treePrefixes(rows.map(({ depth }) => depth))
  const drawn = rows.map((row, index) => {
    const prefix = prefixes[index] ?? ''
    return row.kind === 'span' ? spanLine(prefix, row, layout) : logLine(prefix, row, layout)
  })
  const spans = rows.filter((row) => row.kind === 'span')
  return [...drawn, ...remarks(layout, spans)]
}

/** One line that says which trace it is: operation, service, duration, size, errors and when. */
export function headline(trace: Trace, { width, paint }: Canvas): string {
  const { root, errors } = trace
  const facts = [
    formatDuration(trace.duration),
    count(trace.spans.length, 'span'),
    ...(errors > 0 ? [count(errors, 'error')] : []),
    isoTime(trace.start),
  ]
  const pieces: Piece[] = [
    { text: root.name, style: errors > 0 ? ['bold', 'red'] : 'bold' },
    { text: `  ${root.service}`, style: colorOf(root.service, trace) },
    { text: `  ${facts.join(', ')}`, style: 'dim' },
  ]
  return cell(pieces, width, paint).trimEnd()
}

function spanLine(prefix: string, row: SpanRow<Span>, layout: Layout): string {
  const { span } = row
  const { trace, spanId, paint } = layout
  const color = colorOf(span.service, trace)
  const { message = '' } = span.otlp.status
  const status = attributeText(span.otlp.attributes, 'http.response.status_code')
  const pieces: Piece[] = [
    { text: prefix, style: 'dim' },
    { text: span.spanId === spanId ? '▸ ' : '', style: 'bold' },
    { text: span.error ? '✗ ' : '', style: 'red' },
    { text: span.name, style: span.error ? 'red' : 'bold' },
    { text: status === undefined ? '' : ` ${status}`, style: span.error ? 'red' : 'dim' },
    { text: `  ${span.service}`, style: color },
    { text: message && `  ${message}`, style: 'red' },
  ]
  const bar = paint(span.error ? 'red' : color, barOf(row, layout))
  return `${cell(pieces, layout.label, paint)} ${bar}${formatDuration(span.duration).padStart(TIME_COLUMNS)}`
}

function logLine(prefix: string, { log: line }: LogRow<TraceLine>, layout: Layout): string {
  const style = LEVEL_STYLES[line.level]
  const pieces: Piece[] = [
    { text: prefix, style: 'dim' },
    { text: `${line.level} `, style: style ?? 'dim' },
    style ? { text: line.message, style } : { text: line.message },
  ]
  const text = cell(pieces, layout.label + 1 + layout.bar, layout.paint)
  const since = Number(line.time - layout.trace.start)
  const time = `${since < 0 ? '-' : '+'}${formatDuration(Math.abs(since))}`
  return text + time.padStart(TIME_COLUMNS)
}

/** A span's share of the trace's time, at least one column of it. */
function barOf({ left, width }: SpanRow<Span>, { bar }: Layout): string {
  const from = Math.min(Math.floor(left * bar), bar - 1)
  const to = Math.max(Math.round((left + width) * bar), from + 1)
  return ' '.repeat(from) + '█'.repeat(to - from) + ' '.repeat(bar - to)
}

/** What is missing in a trace, or odd. */
function remarks({ trace, spanId, paint }: Layout, rows: readonly SpanRow<Span>[]): string[] {
  const orphans = rows.filter(({ orphan }) => orphan).length
  const early = rows.filter(({ skew }) => skew > 0).length
  const isHere = spanId === undefined || trace.spans.some((span) => span.spanId === spanId)
  const { rejected = 0, reason } = trace.unread ?? {}
  const lines = [
    // One span may have its parent in a caller that reports elsewhere; more than that is a gap.
    orphans > 1 && `${orphans} spans name a parent that is not here: not flushed yet, or lost`,
    early > 0 && `${count(early, 'span')} before the parent: the clocks of two machines differ`,
    !isHere && `the line's own span ${spanId} is not here: not flushed yet, or lost`,
    rejected > 0 &&
      printable(`left out what cannot be read: ${count(rejected, 'span')} (${reason})`),
  ]
  return lines.filter((line) => line !== false).map((line) => paint('yellow', line))
}

function colorOf(service: string, { services }: Trace): Style {
  return SERVICE_COLORS[services.indexOf(service) % SERVICE_COLORS.length] ?? 'cyan'
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
