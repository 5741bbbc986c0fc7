import type { Identity } from '../../viewer/pages/find/identify.ts'
import type { Moment } from './moments.ts'
import {
  type Attributes,
  correlationIdsOf,
  isoTime,
  milliseconds,
  rootSpan,
  type SpanLink,
  servicesOf,
  type Trace,
} from './trace.ts'

/** What `--json` prints, one object on one line; fields may be added, these stay. Times are ISO 8601, durations milliseconds. */
export interface Report {
  /** What the argument was understood as. */
  query: Identity
  ui: string
  /** What the query names, newest first; empty where nothing was found. */
  traces: TraceReport[]
  /** What those are linked with, both ways and from trace to trace, in the order of their start. */
  linked: TraceReport[]
  /** How many linked traces were not asked for any more. */
  linkedLeftOut: number
  /** Why links were not followed to the end, where the backend gave up. */
  trouble?: string
}

export interface TraceReport {
  traceId: string
  url: string
  startTime: string
  durationMs: number
  services: string[]
  correlationIds: string[]
  errorCount: number
  spans: SpanReport[]
  logs: LogReport[]
  /** Spans that the backend answered and that could not be read, and why the first; left out where there are none. */
  unread?: { rejected: number; reason: string }
}

export interface SpanReport {
  spanId: string
  parentSpanId?: string
  service: string
  name: string
  startTime: string
  /** From the start of the trace. */
  offsetMs: number
  durationMs: number
  error: boolean
  statusMessage?: string
  attributes: Attributes
  /** The spans that it links to, in any trace; left out where there are none. */
  links?: SpanLink[]
}

/** A log line, an exception (level `EXCEPTION`) or another event of a span (level `EVENT`). */
export interface LogReport {
  time: string
  offsetMs: number
  spanId?: string
  level: string
  message: string
  attributes: Attributes
}

/**
 * `<ui>/trace/<trace id>?uiFind=<span id>`: the trace's page, with one span selected, its root where no other is asked
 * for; of a trace in a file the file.
 */
export function traceUrl(ui: string, trace: Trace, spanId = rootSpan(trace).spanId): string {
  if (ui.startsWith('file:')) return ui
  return `${ui}/trace/${trace.traceId}?uiFind=${spanId}`
}

export function traceReport(trace: Trace, moments: readonly Moment[], url: string): TraceReport {
  return {
    traceId: trace.traceId,
    url,
    startTime: isoTime(trace.start),
    durationMs: milliseconds(trace.duration),
    services: servicesOf(trace),
    correlationIds: correlationIdsOf(trace),
    errorCount: trace.spans.filter((span) => span.error).length,
    spans: trace.spans.map((span) => ({
      spanId: span.spanId,
      ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
      service: span.service,
      name: span.name,
      startTime: isoTime(span.start),
      offsetMs: milliseconds(span.start - trace.start),
      durationMs: milliseconds(span.duration),
      error: span.error,
      ...(span.statusMessage !== '' && { statusMessage: span.statusMessage }),
      attributes: span.attributes,
      ...(span.links.length > 0 && { links: span.links }),
    })),
    logs: moments.map((moment) => ({
      time: isoTime(moment.time),
      offsetMs: milliseconds(moment.time - trace.start),
      ...(moment.spanId !== undefined && { spanId: moment.spanId }),
      level: moment.level,
      message: moment.text,
      attributes: moment.attributes,
    })),
    ...(trace.unread && { unread: trace.unread }),
  }
}
