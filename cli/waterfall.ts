import type { Moment } from './moments.ts'
import { compare, type Span, type Trace } from './trace.ts'

/** One line of a waterfall: a span or something that happened in it, under `prefix`, the tree drawn so far. */
export type Row = { prefix: string } & ({ span: Span } | { moment: Moment })

export interface Waterfall {
  rows: Row[]
  /** Spans that name a parent which the backend does not have; the first row may be one of them. */
  orphans: number
}

type Node = { span: Span } | { moment: Moment }

/** Past this depth the tree grows no further to the right. */
const DEEPEST = 24

/** Orders a trace as its tree: children under their span by time, spans without a known parent at the top. */
export function waterfall(trace: Trace, moments: readonly Moment[]): Waterfall {
  const known = new Map(trace.spans.map((span) => [span.spanId, span]))
  const children = new Map<string | undefined, Node[]>()
  const add = (parent: string | undefined, node: Node) => {
    const siblings = children.get(parent)
    if (siblings) siblings.push(node)
    else children.set(parent, [node])
  }
  const tops = topSpans(trace, known)
  for (const span of trace.spans) add(tops.has(span) ? undefined : span.parentSpanId, { span })
  for (const moment of moments) {
    add(known.has(moment.spanId ?? '') ? moment.spanId : undefined, { moment })
  }
  for (const nodes of children.values()) nodes.sort((a, b) => compare(timeOf(a), timeOf(b)))
  const orphans = trace.spans.filter(({ parentSpanId: id }) => id && !known.has(id)).length
  return { rows: inOrder(children), orphans }
}

/** Spans whose parents do not lead to another one of them: real roots, orphans, and one span of every loop. */
function topSpans(trace: Trace, known: ReadonlyMap<string, Span>): Set<Span> {
  const tops = new Set<Span>()
  const settled = new Set<Span>()
  for (const start of trace.spans) {
    const path = new Set<Span>()
    let span = start
    while (!settled.has(span)) {
      path.add(span)
      const parent = known.get(span.parentSpanId ?? '')
      if (parent === undefined || path.has(parent)) {
        tops.add(span)
        break
      }
      span = parent
    }
    for (const passed of path) settled.add(passed)
  }
  return tops
}

/** Depth first without recursion, since a trace may be thousands of spans deep. */
function inOrder(children: ReadonlyMap<string | undefined, readonly Node[]>): Row[] {
  const rows: Row[] = []
  const waiting = childRows(children.get(undefined), '', 0)
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { row, inner, depth } = next
    rows.push(row)
    if ('span' in row) waiting.push(...childRows(children.get(row.span.spanId), inner, depth + 1))
  }
  return rows
}

/** The last comes first, so that a stack gives them back in order. */
function childRows(nodes: readonly Node[] = [], inner: string, depth: number) {
  const drawn = nodes.map((node, index) => {
    const last = index === nodes.length - 1
    if (depth === 0) return { row: { prefix: '', ...node }, inner: '', depth }
    if (depth > DEEPEST) return { row: { prefix: inner, ...node }, inner, depth }
    const prefix = `${inner}${last ? '└ ' : '├ '}`
    return { row: { prefix, ...node }, inner: `${inner}${last ? '  ' : '│ '}`, depth }
  })
  return drawn.reverse()
}

function timeOf(node: Node): bigint {
  return 'span' in node ? node.span.start : node.moment.time
}
