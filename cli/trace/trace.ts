import { type KeyValue, textOf } from '../../viewer/receiver/any-value.ts'
import type { Span } from '../../viewer/store/span.ts'

/** A trace as far as the backend has it, with what is asked of it; `duration` is nanoseconds. */
export interface Trace {
  traceId: string
  /** At least one, in order of their start. */
  spans: Span[]
  start: bigint
  duration: number
  /** The span that names the trace: the first without a parent, else the earliest there is. */
  root: Span
  /** The names of its services, in the order in which they took part. */
  services: string[]
  /** The correlation ids on its spans: one, unless somebody reused a trace. */
  correlationIds: string[]
  /** The ids of the traces that its links lead to, its own where it links to itself. */
  linkedIds: string[]
  /** How many of its spans failed. */
  errors: number
  /** How many spans of the answer that it came in could not be read, and why the first of them. */
  unread?: { rejected: number; reason: string }
}

/** Sorts spans into their traces, newest trace first; a span that came twice from one service counts once. */
export function groupByTrace(spans: readonly Span[]): Trace[] {
  const traces: Trace[] = []
  for (const [traceId, group] of Map.groupBy(spans, ({ otlp }) => otlp.traceId)) {
    const unique = new Map(group.map((span) => [`${span.spanId} ${span.service}`, span]))
    const [first, ...rest] = [...unique.values()].sort(byStart)
    if (first) traces.push(toTrace(traceId, [first, ...rest]))
  }
  return traces.sort((a, b) => byStart(b, a))
}

function toTrace(traceId: string, spans: [Span, ...Span[]]): Trace {
  const [{ start }] = spans
  const ends = spans.map((span) => Number(span.start - start) + span.duration)
  const ids = spans.map(({ otlp }) => attributeText(otlp.attributes, 'correlation.id'))
  const links = spans.flatMap(({ otlp }) => otlp.links ?? [])
  return {
    traceId,
    spans,
    start,
    duration: ends.reduce((longest, each) => Math.max(longest, each)),
    root: spans.find((span) => span.parentSpanId === undefined) ?? spans[0],
    services: unique(spans.map(({ service }) => service)),
    correlationIds: unique(ids.filter((id) => id !== undefined)),
    linkedIds: unique(links.map((link) => link.traceId)),
    errors: spans.filter(({ error }) => error).length,
  }
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

/** Earlier before later, as `sort` takes it. */
export function byStart(a: { start: bigint }, b: { start: bigint }): number {
  if (a.start === b.start) return 0
  return a.start < b.start ? -1 : 1
}

/** The traces with a link to one of these ids. */
export function linkingTo(ids: readonly string[], traces: readonly Trace[]): Trace[] {
  return traces.filter(({ linkedIds }) => linkedIds.some((id) => ids.includes(id)))
}

/** An attribute as the text that searches compare it by; undefined where there is none of that name. */
export function attributeText(attributes: readonly KeyValue[] = [], name: string) {
  const found = attributes.find(({ key }) => key === name)
  return found && textOf(found.value)
}

/** `<ui>/trace/<trace id>?uiFind=<span id>`: the trace's page, with one span selected, its root where no other is named. */
export function tracePageUrl(ui: string, trace: Trace, spanId = trace.root.spanId): string {
  return `${ui}/trace/${trace.traceId}?uiFind=${spanId}`
}

export function milliseconds(nanoseconds: bigint | number): number {
  return Number(nanoseconds) / 1e6
}

/** A time within a trace as ISO 8601, to the millisecond. */
export function isoTime(nanoseconds: bigint): string {
  return new Date(Math.floor(milliseconds(nanoseconds))).toISOString()
}
