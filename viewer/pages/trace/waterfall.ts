/** What the layout needs of a span; times in nanoseconds since 1970. */
export interface Interval {
  spanId: string
  parentSpanId?: string | undefined
  start: bigint
  duration: number
}
/** What it needs of a log line; one without a known span stands beside the roots. */
export interface TimedLine {
  spanId?: string | undefined
  time: bigint
}

/** Where a row stands: below its parent's, or beside the roots. */
interface Place {
  parent: Place | undefined
  depth: number
  /** Rows right below that belong to it, at any depth. */
  below: number
  /** Where it begins, as a share of the whole from 0 to 1. */
  left: number
}
export interface SpanRow<S> extends Place {
  kind: 'span'
  span: S
  /** How long its bar is, as a share of the whole. */
  width: number
  /** It names a parent that has not arrived. */
  orphan: boolean
  /** Nanoseconds that it starts before its parent: the clocks of two machines differ. */
  skew: number
}
export interface LogRow<L> extends Place {
  kind: 'log'
  log: L
}
export type Row<S, L> = SpanRow<S> | LogRow<L>

/**
 * Lays a trace out as a tree in which each span's children and log lines follow it by time. Missing
 * parents, loops, skewed clocks and spans without duration give a row like any other.
 */
export function layOut<S extends Interval, L extends TimedLine>(
  spans: readonly S[],
  logs: readonly L[],
) {
  const { start, duration, at } = scaleOf(spans, logs)
  const bySpan = spans.map((span): SpanRow<S> => {
    const left = at(span.start)
    const width = Math.min(span.duration / duration, 1 - left)
    return { kind: 'span', span, ...beside, left, width, orphan: false, skew: 0 }
  })
  // Of two spans with one id, as Zipkin's client and server share it, the later has what is below.
  const byId = new Map<string | undefined, SpanRow<S>>(bySpan.map((row) => [row.span.spanId, row]))
  for (const row of bySpan) placeBelow(row, byId.get(row.span.parentSpanId))
  for (const looped of loops(bySpan)) looped.parent = undefined
  const lines = logs.map((log): LogRow<L> => {
    return { kind: 'log', log, ...beside, parent: byId.get(log.spanId), left: at(log.time) }
  })
  return { start, duration, rows: inOrder([...bySpan, ...lines]) }
}

const beside = { parent: undefined, depth: 0, below: 0 }

function placeBelow<S extends Interval>(row: SpanRow<S>, parent: SpanRow<S> | undefined): void {
  const { parentSpanId, start } = row.span
  row.parent = parent
  row.orphan = parentSpanId !== undefined && !parent
  row.skew = parent ? Math.max(0, Number(parent.span.start - start)) : 0
}

/** One row of each loop of parents, where the tree is cut open. */
function loops(rows: readonly Place[]): Place[] {
  const cuts: Place[] = []
  const seenBy = new Map<Place, Place>()
  for (const first of rows) {
    let row: Place | undefined = first
    while (row && !seenBy.has(row)) {
      seenBy.set(row, first)
      row = row.parent
    }
    if (row && seenBy.get(row) === first) cuts.push(row)
  }
  return cuts
}

/** The rows as they stand below each other, with their depth and how many are below each. */
function inOrder<S extends Interval, L extends TimedLine>(all: Row<S, L>[]): Row<S, L>[] {
  const time = (row: Row<S, L>) => (row.kind === 'span' ? row.span.start : row.log.time)
  // The latest first, as a stack wants them; what starts at once keeps the order in which it came, spans before lines.
  all.reverse().sort((a, b) => (time(a) === time(b) ? 0 : time(a) < time(b) ? 1 : -1))
  const below = Map.groupBy(all, ({ parent }) => parent)
  const rows: Row<S, L>[] = []
  // A stack and not recursion: a trace may be as deep as it has spans.
  const stack = below.get(undefined) ?? []
  for (let row = stack.pop(); row; row = stack.pop()) {
    row.depth = row.parent ? row.parent.depth + 1 : 0
    rows.push(row)
    for (const child of below.get(row) ?? []) stack.push(child)
  }
  for (const { parent, below } of rows.toReversed()) if (parent) parent.below += below + 1
  return rows
}

/** From the first start to the last end of the spans; a line outside stands at the edge. */
function scaleOf(spans: readonly Interval[], logs: readonly TimedLine[]) {
  const ends = (span: Interval) => [span.start, span.start + BigInt(Math.round(span.duration))]
  const marks = spans.length > 0 ? spans.flatMap(ends) : logs.map(({ time }) => time)
  let [start = 0n] = marks
  let end = start
  for (const mark of marks) {
    if (mark < start) start = mark
    if (mark > end) end = mark
  }
  const duration = Math.max(1, Number(end - start))
  const at = (time: bigint) => Math.min(1, Math.max(0, Number(time - start) / duration))
  return { start, duration, at }
}
