import type { OtlpLogRecord } from '../receiver/otlp.ts'
import type { Batch } from '../receiver/otlp-request.ts'
import type { Store } from '../store/store.ts'
import type { OtlpFile } from './read-otlp.ts'

/** What came of a file: the traces that it has, and how much of it could not be read, the first as `reason` says. */
export interface Opened {
  traceIds: string[]
  rejected: number
  reason: string | undefined
}

/** Keeps what a file has; what is here already is not kept twice. */
export function openInto(store: Store, { traces, logs }: OtlpFile): Opened {
  store.addSpans(traces.batches)
  store.addLogs(withoutKnown(store, logs.batches))
  const spans = traces.batches.flatMap(({ items }) => items)
  return {
    traceIds: [...new Set(spans.map(({ traceId }) => traceId))],
    rejected: traces.rejected + logs.rejected,
    reason: traces.reason ?? logs.reason,
  }
}

/** Log records have no id: those of a trace that are the same in all they say are the same. */
function withoutKnown(store: Store, batches: Batch<OtlpLogRecord>[]): Batch<OtlpLogRecord>[] {
  const traceIds = new Set(batches.flatMap(({ items }) => items.map(({ traceId = '' }) => traceId)))
  const here = [...traceIds].flatMap((traceId) => store.logsOf(traceId))
  const known = new Set(here.map(({ item }) => JSON.stringify(item)))
  const isNew = (record: OtlpLogRecord) => !known.has(JSON.stringify(record))
  return batches.map(({ origin, items }) => ({ origin, items: items.filter(isNew) }))
}
