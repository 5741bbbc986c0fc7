/** Attributes by name; a value that is no string is the text that searches compare it by. */
export type Attributes = Record<string, string>

/** A moment within a span; `time` is nanoseconds since the epoch. */
export interface SpanEvent {
  time: bigint
  name: string
  attributes: Attributes
}

/** A span that another one names beside its parent, in any trace, here or not. */
export interface SpanLink {
  traceId: string
  spanId: string
}

/** A finished span; `start` is nanoseconds since the epoch, `duration` nanoseconds. */
export interface Span {
  traceId: string
  spanId: string
  parentSpanId: string | undefined
  service: string
  name: string
  start: bigint
  duration: number
  error: boolean
  statusMessage: string
  attributes: Attributes
  events: SpanEvent[]
  links: SpanLink[]
}

/** A trace as far as the backend has it: at least one span, in order of their start; `duration` is nanoseconds. */
export interface Trace {
  traceId: string
  spans: [Span, ...Span[]]
  start: bigint
  duration: number
  /** How many spans of the answer that it came in could not be read, and why the first of them. */
  unread?: { rejected: number; reason: string }
}

/** Sorts spans into their traces, newest trace first; a span that came twice from one service counts once. */
export function groupByTrace(spans: readonly Span[]): Trace[] {
  const byTrace = new Map<string, Map<string, Span>>()
  for (const span of spans) {
    const known = byTrace.get(span.traceId) ?? new Map<string, Span>()
    byTrace.set(span.traceId, known.set(`${span.spanId} ${span.service}`, span))
  }
  const traces: Trace[] = []
  for (const [traceId, unique] of byTrace) {
    const [first, ...rest] = [...unique.values()].sort((a, b) => compare(a.start, b.start))
    if (first) traces.push(toTrace(traceId, [first, ...rest]))
  }
  return traces.sort((a, b) => compare(b.start, a.start))
}

/** The span that names the trace: the first without a parent, else the earliest there is. */
export function rootSpan(trace: Trace): Span {
  return trace.spans.find((span) => span.parentSpanId === undefined) ?? trace.spans[0]
}

export function compare(a: bigint, b: bigint): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

export function milliseconds(nanoseconds: bigint | number): number {
  return Number(nanoseconds) / 1e6
}

/** A time within a trace as ISO 8601, to the millisecond. */
export function isoTime(nanoseconds: bigint): string {
  return new Date(Math.floor(milliseconds(nanoseconds))).toISOString()
}

/** The names of a trace's services, in the order in which they took part. */
export function servicesOf(trace: Trace): string[] {
  return [...new Set(trace.spans.map((span) => span.service))]
}

/** The correlation ids on a trace's spans: one, unless somebody reused a trace. */
export function correlationIdsOf(trace: Trace): string[] {
  const ids = trace.spans.map((span) => span.attributes['correlation.id'])
  return [...new Set(ids.filter((id) => id !== undefined))]
}

/** Earlier before later, as `sort` takes it. */
export function byStart(a: Trace, b: Trace): number {
  return compare(a.start, b.start)
}

/** The ids of the traces that a trace's links lead to, each once, its own where it links to itself. */
export function linkedTraces(trace: Trace): string[] {
  const ids = trace.spans.flatMap(({ links }) => links.map(({ traceId }) => traceId))
  return [...new Set(ids)]
}

function toTrace(traceId: string, spans: Trace['spans']): Trace {
  const { start } = spans[0]
  const duration = spans
    .map((span) => Number(span.start - start) + span.duration)
    .reduce((longest, each) => Math.max(longest, each))
  return { traceId, spans, start, duration }
}
