import type { Identity } from '../../viewer/pages/find/identify.ts'
import { type KeyValue, textOf } from '../../viewer/receiver/any-value.ts'
import type { Backend } from '../trace/backend.ts'
import { isoTime, milliseconds, type Trace, tracePageUrl } from '../trace/trace.ts'
import type { Gathered } from './gathering.ts'
import { traceLines } from './trace-lines.ts'

/** What was found, how, and where it came from. */
export interface Found extends Gathered {
  identity: Identity
  /** Whether the identity names a trace that is there, and not all that have a correlation id. */
  byTrace: boolean
  backend: Backend
  /** Base URL of the backend's UI; of a file its own. */
  ui: string
}

/**
 * What `--json` prints, one object on one line; fields may be added, these stay. Times are ISO 8601, durations
 * milliseconds; what is undefined is left out.
 */
export async function reportOf(found: Found) {
  const reports = (traces: readonly Trace[]) =>
    Array.fromAsync(traces, (trace) => traceReport(trace, found))
  return {
    /** What the argument was understood as. */
    query: found.identity,
    ui: found.ui,
    /** What the query names, newest first; empty where nothing was found. */
    traces: await reports(found.traces),
    /** What those are linked with, both ways and from trace to trace, in the order of their start. */
    linked: await reports(found.linked),
    /** How many linked traces were not asked for any more. */
    linkedLeftOut: found.leftOut,
    /** Why links were not followed to the end, where the backend gave up. */
    trouble: found.trouble,
  }
}

async function traceReport(trace: Trace, found: Found) {
  const { traceId, spans, start } = trace
  const offsetMs = (time: bigint) => milliseconds(time - start)
  return {
    traceId,
    url: urlOf(trace, found),
    startTime: isoTime(start),
    durationMs: milliseconds(trace.duration),
    services: trace.services,
    correlationIds: trace.correlationIds,
    errorCount: trace.errors,
    spans: spans.map((span) => ({
      spanId: span.spanId,
      parentSpanId: span.parentSpanId,
      service: span.service,
      name: span.name,
      startTime: isoTime(span.start),
      /** From the start of the trace. */
      offsetMs: offsetMs(span.start),
      durationMs: milliseconds(span.duration),
      error: span.error,
      statusMessage: span.otlp.status.message || undefined,
      attributes: byName(span.otlp.attributes),
      /** The spans that it links to, in any trace; left out where there are none. */
      links: span.otlp.links?.map(({ traceId, spanId }) => ({ traceId, spanId })),
    })),
    /** Log lines, exceptions (level `EXCEPTION`) and other events of spans (level `EVENT`). */
    logs: traceLines(trace, await found.backend.logLines(traceId)).map((line) => ({
      time: isoTime(line.time),
      offsetMs: offsetMs(line.time),
      spanId: line.spanId,
      level: line.level,
      message: line.message,
      attributes: byName(line.attributes),
    })),
    /** Spans that the backend answered and that could not be read, and why the first; left out where there are none. */
    unread: trace.unread,
  }
}

/** Attributes by name; a value that is no string is the text that searches compare it by. */
function byName(attributes: readonly KeyValue[] = []): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, textOf(value)]))
}

/** The page of a trace with the line's own span selected, where that is in it; of a trace in a file the file. */
export function urlOf(trace: Trace, { ui, identity }: Found): string {
  if (ui.startsWith('file:')) return ui
  const own = trace.spans.find((span) => span.spanId === identity.spanId)
  return tracePageUrl(ui, trace, own?.spanId)
}
