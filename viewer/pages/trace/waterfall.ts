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

export interface SpanRow<S> {
  kind: 'span'
  span: S
  depth: number
  /** Where the bar begins and how long it is, as shares of the whole from 0 to 1. */
  left: number
  width: number
  /** It names a parent that has not arrived. */
  orphan: boolean
  /** Nanoseconds that it starts before its parent: the clocks of two machines differ. */
  skew: number
  /** Rows right below that belong to it, at any depth. */
  below: number
}
export interface LogRow<L> {
  kind: 'log'
  log: L
  depth: number
  left: number
}
export type Row<S, L> = SpanRow<S> | LogRow<L>

export interface Waterfall<S, L> {
  start: bigint
  duration: number
  rows: Row<S, L>[]
}

/**
 * Lays a trace out as a tree in which each span's children and log lines follow it by time. Missing
 * parents, loops, skewed clocks and spans without duration give a row like any other.
 */
export function layOut<S extends Interval, L extends TimedLine>(
  spans: readonly S[],
  logs: readonly L[],
): Waterfall<S, L> {
  const scale = scaleOf(spans, logs)
  const rows: Row<S, L>[] = []
  const open: { row: SpanRow<S>; index: number }[] = []
  const closeTo = (depth: number) => {
    for (const { row, index } of open.splice(depth)) row.below = rows.length - index - 1
  }
  // A stack and not recursion: a trace may be as deep as it has spans.
  const stack = rootsOf(spans, logs, scale)
  for (let node = stack.pop(); node; node = stack.pop()) {
    const { row } = node
    closeTo(row.depth)
    rows.push(row)
    if (row.kind === 'log') continue
    open.push({ row, index: rows.length - 1 })
    for (const child of node.children()) stack.push(child)
  }
  closeTo(0)
  return { start: scale.start, duration: scale.duration, rows }
}

interface Node<S, L> {
  at: bigint
  row: Row<S, L>
  /** The latest first, as a stack wants them. */
  children(): Node<S, L>[]
}

function rootsOf<S extends Interval, L extends TimedLine>(
  spans: readonly S[],
  logs: readonly L[],
  scale: Scale,
): Node<S, L>[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const parentOf = (span: S) =>
    span.parentSpanId === undefined ? undefined : byId.get(span.parentSpanId)
  const roots = new Set(spans.filter((span) => !parentOf(span)))
  for (const looped of loops(spans, parentOf)) roots.add(looped)
  const spansBelow = Map.groupBy(
    spans.filter((span) => !roots.has(span)),
    (span) => span.parentSpanId,
  )
  const logsBelow = Map.groupBy(logs, ({ spanId }) =>
    spanId !== undefined && byId.has(spanId) ? spanId : undefined,
  )
  const logNode = (log: L, depth: number): Node<S, L> => ({
    at: log.time,
    row: { kind: 'log', log, depth, left: scale.at(log.time) },
    children: () => [],
  })
  const spanNode = (span: S, depth: number): Node<S, L> => ({
    at: span.start,
    row: spanRow(span, parentOf(span), depth, scale),
    children: () =>
      // Of two spans with one id, as Zipkin's client and server share it, the later has what is below.
      byId.get(span.spanId) !== span
        ? []
        : latestFirst([
            ...(spansBelow.get(span.spanId) ?? []).map((child) => spanNode(child, depth + 1)),
            ...(logsBelow.get(span.spanId) ?? []).map((log) => logNode(log, depth + 1)),
          ]),
  })
  return latestFirst([
    ...[...roots].map((span) => spanNode(span, 0)),
    ...(logsBelow.get(undefined) ?? []).map((log) => logNode(log, 0)),
  ])
}

function spanRow<S extends Interval>(
  span: S,
  parent: S | undefined,
  depth: number,
  scale: Scale,
): SpanRow<S> {
  const left = scale.at(span.start)
  return {
    kind: 'span',
    span,
    depth,
    left,
    width: Math.min(span.duration / scale.duration, 1 - left),
    orphan: span.parentSpanId !== undefined && !parent,
    skew: parent && span.start < parent.start ? Number(parent.start - span.start) : 0,
    below: 0,
  }
}

/** One span of each loop of parents, where the tree is cut open. */
function loops<S extends Interval>(spans: readonly S[], parentOf: (span: S) => S | undefined): S[] {
  const cuts: S[] = []
  const seenBy = new Map<S, S>()
  for (const first of spans) {
    let span: S | undefined = first
    while (span && !seenBy.has(span)) {
      seenBy.set(span, first)
      span = parentOf(span)
    }
    if (span && seenBy.get(span) === first) cuts.push(span)
  }
  return cuts
}

function latestFirst<S, L>(nodes: Node<S, L>[]): Node<S, L>[] {
  // Sorting is stable: what starts at once keeps the order in which it came, spans before lines.
  return nodes.reverse().sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1))
}

interface Scale {
  start: bigint
  duration: number
  at(time: bigint): number
}

/** From the first start to the last end of the spans; a line outside stands at the edge. */
function scaleOf(spans: readonly Interval[], logs: readonly TimedLine[]): Scale {
  const marks = spans.map(
    (span) => [span.start, span.start + BigInt(Math.round(span.duration))] as const,
  )
  const all = marks.length > 0 ? marks : logs.map(({ time }) => [time, time] as const)
  let [start, end] = all[0] ?? [0n, 0n]
  for (const [from, to] of all) {
    if (from < start) start = from
    if (to > end) end = to
  }
  const duration = Math.max(1, Number(end - start))
  const at = (time: bigint) => Math.min(1, Math.max(0, Number(time - start) / duration))
  return { start, duration, at }
}
