import type { Interval, SpanRow } from './waterfall.ts'

/** A part of a span in which the whole waits for it; in nanoseconds from the start of the root. */
export interface Stretch {
  from: number
  to: number
}

/**
 * The critical path of a trace: for each moment of the root the one span that it waits for then, found from the end
 * back. A span waits for the last of its children to end before it goes on itself, or begins the next one; what a child
 * does once its parent has ended nobody waits for.
 *
 * @see https://www.usenix.org/conference/atc22/presentation/zhang-zhizhou
 */
export function criticalPath<S extends Interval>(
  rows: readonly SpanRow<S>[],
  root: SpanRow<S>,
): Map<S, Stretch[]> {
  const path = new Map<S, Stretch[]>()
  const boundsOf = (row: SpanRow<S>) => {
    const from = Number(row.span.start - root.span.start)
    return { row, from, to: from + row.span.duration }
  }
  const below = Map.groupBy(rows, ({ parent }) => parent)
  const open = [boundsOf(root)]
  // A stack and not recursion: a trace may be as deep as it has spans.
  for (let place = open.pop(); place; place = open.pop()) {
    const { row, from, to } = place
    const own: Stretch[] = []
    let until = to
    const lastFirst = (below.get(row) ?? []).map(boundsOf).sort((a, b) => b.to - a.to)
    for (const child of lastFirst) {
      const end = Math.min(child.to, to)
      const start = Math.max(child.from, from)
      // What overlaps the one that is waited for was not waited for itself.
      if (end > until || start >= end) continue
      if (end < until) own.push({ from: end, to: until })
      open.push({ row: child.row, from: start, to: end })
      until = start
    }
    if (from < until) own.push({ from, to: until })
    path.set(row.span, own.reverse())
  }
  return path
}

/** A share of the whole that nobody could tell from none: a span with thousands of children has no thousands of marks. */
const hair = 0.001

/** Stretches with hardly anything between them made one, and without those that are hardly there. */
export function visible(stretches: readonly Stretch[], duration: number): Stretch[] {
  const joined: Stretch[] = []
  for (const stretch of stretches) {
    const last = joined.at(-1)
    if (last && stretch.from - last.to < hair * duration) last.to = stretch.to
    else joined.push({ ...stretch })
  }
  return joined.filter(({ from, to }) => joined.length === 1 || to - from >= hair * duration)
}
