import type { OtlpLogRecord, OtlpSpan, Stored } from '../receiver/otlp.ts'
import { byOrigin } from '../store/by-origin.ts'
import type { Store } from '../store/store.ts'

/** Spans as OTLP's JSON has them. */
export const resourceSpans = (spans: Stored<OtlpSpan>[]) =>
  byOrigin(spans).map(({ origin, items }) => ({
    resource: origin.resource,
    scopeSpans: [{ scope: origin.scope, spans: items }],
  }))

/** Log records as OTLP's JSON has them. */
export const resourceLogs = (records: Stored<OtlpLogRecord>[]) =>
  byOrigin(records).map(({ origin, items }) => ({
    resource: origin.resource,
    scopeLogs: [{ scope: origin.scope, logRecords: items }],
  }))

/** A trace and its log lines as one object: what OTLP's two requests have, and what `readOtlp` reads again. */
export const savedTrace = (store: Store, traceId: string) => ({
  resourceSpans: resourceSpans(store.spansOf(traceId)),
  resourceLogs: resourceLogs(store.logsOf(traceId)),
})
