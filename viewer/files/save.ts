import type { OtlpLogRecord, OtlpSpan, Stored } from '../receiver/otlp.ts'
import type { Store } from '../store/store.ts'

/** Groups spans or log records as OTLP does, by the resource and scope that they came from. */
const byOrigin = <T>(stored: Stored<T>[]) =>
  [...Map.groupBy(stored, ({ origin }) => origin)].map(([origin, members]) => ({
    origin,
    items: members.map(({ item }) => item),
  }))

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
