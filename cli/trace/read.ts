import { readOtlp } from '../../viewer/files/read-otlp.ts'
import type { OtlpLogRecord, OtlpSpan, Stored } from '../../viewer/receiver/otlp.ts'
import type { Decoded } from '../../viewer/receiver/otlp-request.ts'
import { type LogLine, logLineOf, spanOf } from '../../viewer/store/span.ts'
import { groupByTrace, type Trace } from './trace.ts'

/** The traces of an answer, newest first; throws an Error where it is no OTLP, or no span of it can be read. */
export function readTraces(text: string): Trace[] {
  const decoded = readOtlp(text).traces
  const traces = tracesOf(decoded)
  if (traces.length === 0) refuseMalformed(decoded)
  return traces
}

/** The log lines of an answer; throws an Error where it is no OTLP. */
export function readLogLines(text: string): LogLine[] {
  const decoded = readOtlp(text).logs
  refuseMalformed(decoded)
  return logLinesOf(decoded)
}

/** The traces of what was read, newest first. */
export function tracesOf(decoded: Decoded<OtlpSpan>): Trace[] {
  const { rejected, reason = '' } = decoded
  const traces = groupByTrace(stored(decoded).map(spanOf))
  // A waterfall without some of its spans would mislead, unless it says so.
  return rejected === 0 ? traces : traces.map((each) => ({ ...each, unread: { rejected, reason } }))
}

/** The log lines of what was read, of all of it or of one trace. */
export function logLinesOf(decoded: Decoded<OtlpLogRecord>, traceId?: string): LogLine[] {
  return stored(decoded)
    .filter(({ item }) => traceId === undefined || item.traceId === traceId)
    .map(logLineOf)
}

function stored<T>({ batches }: Decoded<T>): Stored<T>[] {
  return batches.flatMap(({ origin, items }) => items.map((item) => ({ origin, item })))
}

function refuseMalformed({ rejected, reason }: Decoded<unknown>): void {
  if (rejected > 0) throw new Error(`${rejected} malformed: ${reason}`)
}
