import { formatDuration } from '../../query/duration.ts'
import { outlinesOf, type SpanOutline } from '../../store/outlines.ts'
import { type LogLine, logLineOf } from '../../store/span.ts'
import type { Store } from '../../store/store.ts'
import { criticalPath, type Stretch, visible } from './critical-path.ts'
import { layOut, type Row, type SpanRow } from './waterfall.ts'

const colours = 8
const maxIndent = 20

/** A trace as its waterfall has it: the rows in their order, and how one is shown. */
export function traceRows(store: Store, traceId: string) {
  const spans = outlinesOf(store, traceId)
  const lines = store.logsOf(traceId).map((stored) => ({ ...logLineOf(stored), id: stored.id }))
  const names = new Set([...spans, ...lines].map(({ service }) => service))
  const services = new Map([...names].sort().map((name, index) => [name, index % colours]))
  const linked = store.links.linkedSpans(traceId)
  const { start, duration, rows } = layOut(spans, lines)
  const spanRows = rows.filter((row) => row.kind === 'span')
  // The first is that of the earliest span whose parent is not here.
  const rootRow = spanRows.find(({ span }) => !span.parentSpanId) ?? spanRows[0]
  const root = rootRow?.span
  const path =
    rootRow && spans.length > 1
      ? criticalPath(spanRows, rootRow)
      : new Map<SpanOutline, Stretch[]>()
  const offset = Number((root?.start ?? start) - start)
  const critical = (span: SpanOutline) =>
    visible(path.get(span) ?? [], duration).map(({ from, to }) => ({
      left: percent((offset + from) / duration),
      width: percent((to - from) / duration),
    }))
  const view = (row: TraceRow) => ({
    ...(row.kind === 'log'
      ? lineView(row.log)
      : { ...spanView(row, linked), critical: critical(row.span) }),
    indent: Math.min(row.depth, maxIndent) * 14,
    left: percent(row.left),
    colour: services.get(row.kind === 'log' ? row.log.service : row.span.service),
  })
  return { spans, lines, services, root, start, duration, rows, view }
}

interface NumberedLine extends LogLine {
  id: number
}
export type TraceRow = Row<SpanOutline, NumberedLine>

/** A row by what it shows, in its page and beyond. */
export const rowId = {
  span: (spanId: string) => `s-${spanId}`,
  line: (id: number) => `l-${id}`,
}

function lineView({ id, level, message, spanId }: NumberedLine) {
  return { kind: 'log' as const, id: rowId.line(id), level, message, spanId, below: 0 }
}

function spanView(row: SpanRow<SpanOutline>, linked: ReadonlySet<string>) {
  const { span, left, width, below } = row
  const { spanId, service, name, error } = span
  const end = left + width
  // The duration stands where there is room: right of a bar that ends early, left of one that ends late.
  const labelBefore = end > 0.8
  return {
    kind: 'span' as const,
    ...{ id: rowId.span(spanId), spanId, service, name, error, below, labelBefore },
    width: percent(width),
    labelLeft: percent(labelBefore ? left : end),
    duration: formatDuration(span.duration),
    remark: remarkOn(row),
    linked: linked.has(spanId),
  }
}

const percent = (share: number) => `${(share * 100).toFixed(3)}%`

function remarkOn({ orphan, skew }: SpanRow<SpanOutline>): string | undefined {
  if (orphan) return 'its parent has not arrived'
  return skew > 0 ? `starts ${formatDuration(skew)} before its parent: clocks differ` : undefined
}

/** As many rows as a page begins with; its script shows the others. */
const pageful = 100

/**
 * The rows of a page that has not all of them: from number `from` on, or else around the one of the span, and the
 * numbers with which those before and after begin.
 */
export function rowsOnPage(
  rows: readonly TraceRow[],
  { from, spanId }: { from?: number | undefined; spanId?: string | undefined },
) {
  const chosen = rows.findIndex((row) => row.kind === 'span' && row.span.spanId === spanId)
  const first = Math.max(0, from ?? chosen - pageful / 2)
  const next = first + pageful
  return {
    rows: rows.slice(first, next),
    earlier: first > 0 ? Math.max(0, first - pageful) : undefined,
    later: next < rows.length ? next : undefined,
  }
}
