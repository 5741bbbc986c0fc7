import { formatDistance } from '../../viewer/query/duration.ts'
import type { LinkEnd } from '../../viewer/store/links.ts'
import type { Span } from '../../viewer/store/span.ts'
import { printable } from '../command/printable.ts'
import type { Trace } from '../trace/trace.ts'
import type { Gathered } from './gathering.ts'

/** More links of one trace are counted alone. */
const SHOWN = 5

/** Says of each trace that belongs together what links it to the others, a line each. */
export function linkWords({ traces, linked, asked }: Gathered): (trace: Trace) => string[] {
  const all = [...traces, ...linked]
  const spans = new Map(all.flatMap((trace) => trace.spans.map((span) => [keyOf(span.otlp), span])))
  const links = all.flatMap(linksOf)
  const outgoing = Map.groupBy(links, ({ from }) => from.otlp.traceId)
  const incoming = Map.groupBy(links, ({ to }) => to.traceId)
  const sender = ({ from, to }: Link) => {
    const span = spans.get(keyOf(to))
    if (span) return `linked from ${spanWords(span, from)}`
    const missing = asked.has(to.traceId) ? MISSING : ''
    return `linked from span ${to.spanId} of trace ${to.traceId}${missing}`
  }
  const receiver = ({ from, to }: Link) =>
    `linked to ${spanWords(from, spans.get(keyOf(to)) ?? from)}`
  return ({ traceId }) => [
    ...first(outgoing.get(traceId), sender),
    ...first(incoming.get(traceId), receiver),
  ]
}

const MISSING = ', which is not here: not flushed yet, not sampled, or evicted'

interface Link {
  from: Span
  to: LinkEnd
}

/** The links of a trace that lead out of it, each once. */
function linksOf({ traceId, spans }: Trace): Link[] {
  return spans.flatMap((from) => {
    const unique = new Map((from.otlp.links ?? []).map((to) => [keyOf(to), to]))
    return [...unique.values()].filter((to) => to.traceId !== traceId).map((to) => ({ from, to }))
  })
}

function first(links: readonly Link[] = [], words: (link: Link) => string): string[] {
  const lines = links.slice(0, SHOWN).map(words)
  return links.length > SHOWN ? [...lines, `and ${links.length - SHOWN} more such links`] : lines
}

/** A span at the other end of a link, and its start as seen from this end's. */
function spanWords({ name, spanId, start }: Span, seen: Span): string {
  return `${printable(name)}, span ${spanId}, ${formatDistance(start - seen.start)}`
}

function keyOf({ traceId, spanId }: LinkEnd): string {
  return `${traceId}-${spanId}`
}
