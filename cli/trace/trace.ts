import { type KeyValue, textOf } from '../../viewer/receiver/any-value.ts'
import type { Span } from '../../viewer/store/span.ts'

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
  const traces: Trace[] = []
  for (const [traceId, group] of Map.groupBy(spans, ({ otlp }) => otlp.traceId)) {
    const unique = new Map(group.map((span) => [`${span.spanId} ${span.service}`, span]))
    const [first, ...rest] = [...unique.values()].sort(byStart)
    if (first) traces.push(toTrace(traceId, [first, ...rest]))
  }
  return traces.sort((a, b) => byStart(b, a))
}

function toTrace(traceId: string, spans: Trace['spans']): Trace {
  const { start } = spans[0]
  const duration = spans
    .map((span) => Number(span.start - start) + span.duration)
    .reduce((longest, each) => Math.max(longest, each))
  return { traceId, spans, start, duration }
}

/** Earlier before later, as `sort` takes it. */
export function byStart(a: { start: bigint }, b: { start: bigint }): number {
  if (a.start === b.start) return 0
  return a.start < b.start ? -1 : 1
}

/** The span that names the trace: the first without a parent, else the earliest there is. */
export function rootSpan(trace: Trace): Span {
  return trace.spans.find((span) => span.parentSpanId === undefined) ?? trace.spans[0]
}

/** The names of a trace's services, in the order in which they took part. */
export function servicesOf(trace: Trace): string[] {
  return [...new Set(trace.spans.map((span) => span.service))]
}

/** The correlation ids on a trace's spans: one, unless somebody reused a trace. */
export function correlationIdsOf(trace: Trace): string[] {
  const ids = trace.spans.map(({ otlp }) => attributeText(otlp.attributes, 'correlation.id'))
  return [...new Set(ids.filter((id) => id !== undefined))]
}

/** An attribute as the text that searches compare it by; undefined where there is none of that name. */
export function attributeText(attributes: readonly KeyValue[] = [], name: string) {
  const found = attributes.find(({ key }) => key === name)
  return found && textOf(found.value)
}

/** The ids of the traces that a trace's links lead to, each once, its own where it links to itself. */
export function linkedTraceIds(trace: Trace): string[] {
  const links = trace.spans.flatMap(({ otlp }) => otlp.links ?? [])
  return [...new Set(links.map(({ traceId }) => traceId))]
}

/** `<ui>/trace/<trace id>?uiFind=<span id>`: the trace's page, with one span selected, its root where no other is named. */
export function tracePageUrl(ui: string, trace: Trace, spanId = rootSpan(trace).spanId): string {
  return `${ui}/trace/${trace.traceId}?uiFind=${spanId}`
}

export function milliseconds(nanoseconds: bigint | number): number {
  return Number(nanoseconds) / 1e6
}

/** A time within a trace as ISO 8601, to the millisecond. */
export function isoTime(nanoseconds: bigint): string {
  return new Date(Math.floor(milliseconds(nanoseconds))).toISOString()
}
