import type { Moment } from './moments.ts'
import { cell, type Paint, type Piece, type Style } from './paint.ts'
import { isoTime, milliseconds, rootSpan, type Span, servicesOf, type Trace } from './trace.ts'
import { waterfall } from './waterfall.ts'

export interface Canvas {
  /** Columns of the terminal. */
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
const NARROWEST = 50

interface Layout extends Canvas {
  trace: Trace
  services: string[]
  label: number
  bar: number
}

/** A trace as lines for a terminal: its tree with bars, durations and log lines in their place, then what is missing. */
export function drawTrace(trace: Trace, moments: readonly Moment[], canvas: Canvas): string[] {
  const width = Math.max(canvas.width, NARROWEST)
  const bar = Math.floor((width - TIME_COLUMNS) * 0.45)
  const services = servicesOf(trace)
  const layout = { ...canvas, trace, services, bar, label: width - TIME_COLUMNS - bar - 1 }
  const { rows, orphans } = waterfall(trace, moments)
  const lines = rows.map((row) =>
    'span' in row
      ? spanLine(row.prefix, row.span, layout)
      : momentLine(row.prefix, row.moment, layout),
  )
  return [...lines, ...remarks(trace, orphans, canvas)]
}

/** One line that says which trace it is: operation, service, duration, size, errors and when. */
export function headline(trace: Trace, { width, paint }: Canvas): string {
  const root = rootSpan(trace)
  const errors = trace.spans.filter((span) => span.error).length
  const facts = [
    duration(trace.end - trace.start),
    count(trace.spans.length, 'span'),
    ...(errors > 0 ? [count(errors, 'error')] : []),
    isoTime(trace.start),
  ]
  const pieces: Piece[] = [
    { text: root.name, style: errors > 0 ? ['bold', 'red'] : 'bold' },
    { text: `  ${root.service}`, style: colorOf(root.service, servicesOf(trace)) },
    { text: `  ${facts.join(', ')}`, style: 'dim' },
  ]
  return cell(pieces, Math.max(width, NARROWEST), paint).trimEnd()
}

function spanLine(prefix: string, span: Span, layout: Layout): string {
  const { services, spanId, paint } = layout
  const color = colorOf(span.service, services)
  const status = span.attributes['http.response.status_code']
  const pieces: Piece[] = [
    { text: prefix, style: 'dim' },
    { text: span.spanId === spanId ? '▸ ' : '', style: 'bold' },
    { text: span.error ? '✗ ' : '', style: 'red' },
    { text: span.name, style: span.error ? 'red' : 'bold' },
    { text: status === undefined ? '' : ` ${status}`, style: span.error ? 'red' : 'dim' },
    { text: `  ${span.service}`, style: color },
    { text: span.statusMessage && `  ${span.statusMessage}`, style: 'red' },
  ]
  const bar = paint(span.error ? 'red' : color, barOf(span, layout))
  return `${cell(pieces, layout.label, paint)} ${bar}${timeCell(duration(span.end - span.start))}`
}

function momentLine(prefix: string, moment: Moment, layout: Layout): string {
  const style = LEVEL_STYLES[moment.level]
  const pieces: Piece[] = [
    { text: prefix, style: 'dim' },
    { text: `${moment.level} `, style: style ?? 'dim' },
    style ? { text: moment.text, style } : { text: moment.text },
  ]
  const text = cell(pieces, layout.label + 1 + layout.bar, layout.paint)
  const since = moment.time - layout.trace.start
  return text + timeCell(`${since < 0n ? '' : '+'}${duration(since)}`)
}

/** A span's share of the trace's time, at least one column of it. */
function barOf(span: Span, { trace, bar }: Layout): string {
  const whole = Math.max(Number(trace.end - trace.start), 1)
  const from = Math.min(Math.floor((Number(span.start - trace.start) / whole) * bar), bar - 1)
  const to = Math.max(Math.round((Number(span.end - trace.start) / whole) * bar), from + 1)
  return ' '.repeat(from) + '█'.repeat(to - from) + ' '.repeat(bar - to)
}

function remarks(trace: Trace, orphans: number, { spanId, paint }: Canvas): string[] {
  const lines: string[] = []
  // One span may have its parent in a caller that reports elsewhere; more than that is a gap.
  if (orphans > 1) {
    lines.push(`${orphans} spans name a parent that is not here: not flushed yet, or lost`)
  }
  if (spanId !== undefined && !trace.spans.some((span) => span.spanId === spanId)) {
    lines.push(`the line's own span ${spanId} is not here: not flushed yet, or lost`)
  }
  return lines.map((line) => paint('yellow', line))
}

function colorOf(service: string, services: readonly string[]): Style {
  return SERVICE_COLORS[services.indexOf(service) % SERVICE_COLORS.length] ?? 'cyan'
}

function timeCell(text: string): string {
  return text.padStart(TIME_COLUMNS)
}

function duration(nanoseconds: bigint): string {
  const ms = milliseconds(nanoseconds)
  if (Math.abs(ms) < 1) return `${Math.round(ms * 1000)} µs`
  return Math.abs(ms) < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(2)} s`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
