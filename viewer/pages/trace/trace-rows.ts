import { outlinesOf, type SpanOutline } from '../../store/outlines.ts'
import { logLineOf } from '../../store/span.ts'
import type { Store } from '../../store/store.ts'
import { criticalPath, visible } from './critical-path.ts'
import { layOut } from './waterfall.ts'

const colours = 8

/** A trace as its waterfall has it: the rows in their order, and what they are drawn with. */
export function traceRows(store: Store, traceId: string) {
  const spans = outlinesOf(store, traceId)
  const lines = store.logsOf(traceId).map((stored) => ({ ...logLineOf(stored), id: stored.id }))
  const names = new Set([...spans, ...lines].map(({ service }) => service))
  const { start, duration, rows } = layOut(spans, lines)
  const spanRows = rows.filter((row) => row.kind === 'span')
  // The first is that of the earliest span whose parent is not here.
  const root = spanRows.find(({ span }) => !span.parentSpanId) ?? spanRows[0]
  const path = root && spans.length > 1 ? criticalPath(spanRows, root) : undefined
  return {
    spans,
    lines,
    start,
    duration,
    rows,
    root: root?.span,
    /** The number of each service's colour. */
    services: new Map([...names].sort().map((name, index) => [name, index % colours])),
    linked: store.links.linkedSpans(traceId),
    /** Where the whole waits for a span, in nanoseconds from the start of the root. */
    critical: (span: SpanOutline) => visible(path?.get(span) ?? [], duration),
  }
}
