import type { Interval } from './waterfall.ts'

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
export function criticalPath<S extends Interval>(spans: readonly S[], root: S): Map<S, Stretch[]> {
  const path = new Map<S, Stretch[]>()
  const childrenOf = children(spans, root)
  const open = [{ span: root, ...boundsOf(root, root) }]
  // A stack and not recursion: a trace may be as deep as it has spans.
  for (let place = open.pop(); place; place = open.pop()) {
    const { span, from, to } = place
    const own: Stretch[] = []
    let until = to
    for (const child of childrenOf(span)) {
      const end = Math.min(child.to, to)
      const start = Math.max(child.from, from)
      // What overlaps the one that is waited for was not waited for itself.
      if (end > until || start >= end) continue
      if (end < until) own.push({ from: end, to: until })
      open.push({ span: child.span, from: start, to: end })
      until = start
    }
    if (from < until) own.push({ from, to: until })
    path.set(span, own.reverse())
  }
  return path
}

interface Bounds<S> extends Stretch {
  span: S
}

const boundsOf = (span: Interval, root: Interval): Stretch => {
  const from = Number(span.start - root.start)
  return { from, to: from + span.duration }
}

/** The children of a span, the last to end first. */
function children<S extends Interval>(spans: readonly S[], root: S) {
  const byParent = Map.groupBy(
    spans.filter((span) => span !== root),
    ({ parentSpanId }) => parentSpanId,
  )
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  return (span: S): Bounds<S>[] => {
    // Of two spans with one id the later has what is below.
    if (byId.get(span.spanId) !== span) return []
    return (byParent.get(span.spanId) ?? [])
      .map((span) => ({ span, ...boundsOf(span, root) }))
      .sort((a, b) => b.to - a.to)
  }
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
