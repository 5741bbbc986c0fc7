import { z } from 'zod'
import type { OtlpLogRecord, OtlpSpan, Stored } from '../../viewer/receiver/otlp.ts'
import { type Decoded, decodeLogs, decodeTraces } from '../../viewer/receiver/otlp-request.ts'
import { type LogLine, logLineOf, spanOf } from '../../viewer/store/span.ts'
import { groupByTrace, type Trace } from './trace.ts'

/** The v3 API puts OTLP's own object into a `result`. */
const envelope = z.object({ result: z.looseObject({}) })

/** The traces of an answer, newest first; parsing throws a ZodError where it is no OTLP, or no span of it can be read. */
export const tracesFromAnswer = envelope.transform(({ result }, context): Trace[] => {
  const decoded = decodeTraces(result)
  const traces = tracesOf(decoded)
  if (traces.length === 0) refuseMalformed(decoded, context)
  return traces
})

/** The log lines of an answer; parsing throws a ZodError where it is no OTLP. */
export const logLinesFromAnswer = envelope.transform(({ result }, context): LogLine[] => {
  const decoded = decodeLogs(result)
  refuseMalformed(decoded, context)
  return stored(decoded).map(logLineOf)
})

/** The traces of what was read, newest first. */
export function tracesOf(decoded: Decoded<OtlpSpan>): Trace[] {
  const { rejected, reason = '' } = decoded
  const traces = groupByTrace(stored(decoded).map(spanOf))
  // A waterfall without some of its spans would mislead, unless it says so.
  return rejected === 0 ? traces : traces.map((each) => ({ ...each, unread: { rejected, reason } }))
}

/** The log lines of one trace, out of what was read. */
export function logLinesOf(decoded: Decoded<OtlpLogRecord>, traceId: string): LogLine[] {
  return stored(decoded)
    .filter(({ item }) => item.traceId === traceId)
    .map(logLineOf)
}

function stored<T>({ batches }: Decoded<T>): Stored<T>[] {
  return batches.flatMap(({ origin, items }) => items.map((item) => ({ origin, item })))
}

function refuseMalformed({ rejected, reason }: Decoded<unknown>, context: z.RefinementCtx): void {
  if (rejected === 0) return
  context.addIssue({ code: 'custom', message: `${rejected} malformed: ${reason}` })
}
