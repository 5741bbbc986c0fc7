import type { Identity } from '../../viewer/pages/find/identify.ts'
import type { Backend } from './backend.ts'
import type { Patience } from './patience.ts'
import type { Trace } from './trace.ts'

/** The traces that an identity leads to, newest first; none once patience has run out. */
export async function findTraces(
  backend: Backend,
  identity: Identity,
  since: Date,
  patience: Patience,
): Promise<Trace[]> {
  for (let retry = 0; ; retry += 1) {
    const traces = await look(backend, identity, since)
    if (retry >= patience.retries || isComplete(traces, identity)) return traces
    await patience.pause()
  }
}

async function look(backend: Backend, identity: Identity, since: Date): Promise<Trace[]> {
  const { traceId, correlationId = traceId } = identity
  const trace = traceId === undefined ? undefined : await backend.trace(traceId)
  if (trace) return [trace]
  return correlationId === undefined ? [] : backend.search(correlationId, since)
}

/** A line's own span may still be on its way when a downstream's spans are there. */
function isComplete(traces: readonly Trace[], { spanId }: Identity): boolean {
  if (spanId === undefined) return traces.length > 0
  return traces.some((trace) => trace.spans.some((span) => span.spanId === spanId))
}
