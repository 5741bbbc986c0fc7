import { z } from 'zod'
import {
  type OtlpLogRecord,
  type OtlpOrigin,
  type OtlpSpan,
  otlpLogRecord,
  otlpSpan,
  resource,
  scope,
} from './otlp.ts'
import { plainJson } from './proto-json.ts'

export interface Batch<T> {
  origin: OtlpOrigin
  items: T[]
}
/** A request's content; `rejected` items were malformed, the first as `reason` says. */
export interface Decoded<T> {
  batches: Batch<T>[]
  rejected: number
  reason?: string
}

const list = z.array(z.unknown()).default([])
const traceRequest = z.object({
  resourceSpans: z
    .array(
      z.object({ resource, scopeSpans: z.array(z.object({ scope, spans: list })).default([]) }),
    )
    .default([]),
})
const logsRequest = z.object({
  resourceLogs: z
    .array(
      z.object({ resource, scopeLogs: z.array(z.object({ scope, logRecords: list })).default([]) }),
    )
    .default([]),
})

/** Decodes the body of POST /v1/traces; throws a ZodError where it is no OTLP request at all. */
export function decodeTraces(body: unknown): Decoded<OtlpSpan> {
  const groups = traceRequest
    .parse(plainJson(body))
    .resourceSpans.flatMap(({ resource, scopeSpans }) =>
      scopeSpans.map(({ scope, spans }) => ({ origin: { resource, scope }, items: spans })),
    )
  return decodeEach(groups, otlpSpan)
}

/** Decodes the body of POST /v1/logs; throws a ZodError where it is no OTLP request at all. */
export function decodeLogs(body: unknown): Decoded<OtlpLogRecord> {
  const groups = logsRequest
    .parse(plainJson(body))
    .resourceLogs.flatMap(({ resource, scopeLogs }) =>
      scopeLogs.map(({ scope, logRecords }) => ({
        origin: { resource, scope },
        items: logRecords,
      })),
    )
  return decodeEach(groups, otlpLogRecord)
}

function decodeEach<T>(groups: Batch<unknown>[], item: z.ZodType<T>): Decoded<T> {
  const decoded: Decoded<T> = { batches: [], rejected: 0 }
  for (const { origin, items } of groups) {
    const kept: T[] = []
    for (const input of items) {
      const result = item.safeParse(input)
      if (result.success) kept.push(result.data)
      else {
        decoded.rejected += 1
        decoded.reason ??= z.prettifyError(result.error).replaceAll('\n', ' ')
      }
    }
    decoded.batches.push({ origin, items: kept })
  }
  return decoded
}
