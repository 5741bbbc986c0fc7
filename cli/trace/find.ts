import type { Identity } from '../../viewer/pages/find/identify.ts'
import type { Backend } from './backend.ts'
import { type Patience, poll } from './poll.ts'
import type { Trace } from './trace.ts'

/** The traces that an identity leads to, newest first, all where it names none; none once patience has run out. */
export function findTraces(
  backend: Backend,
  { traceId, correlationId = traceId, spanId }: Identity,
  since: Date,
  patience: Patience,
): Promise<Trace[]> {
  const look = async () => {
    const trace = traceId === undefined ? undefined : await backend.trace(traceId)
    return trace ? [trace] : backend.search(correlationId, since)
  }
  // A line's own span may still be on its way when a downstream's spans are there.
  const isComplete = (traces: readonly Trace[]) =>
    traces.some(({ spans }) => spanId === undefined || spans.some((span) => span.spanId === spanId))
  return poll(look, isComplete, patience)
}
