import { z } from 'zod'
import { type Read, readLeniently } from './lenient.ts'
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
/** A request's content; `rejected` items could not be read. `reason` says of the first why, and what others lack. */
export interface Decoded<T> {
  batches: Batch<T>[]
  rejected: number
  reason?: string
}

const list = z.array(z.unknown()).default([])
const anything = z.unknown().optional()
const traceRequest = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: anything,
        scopeSpans: z.array(z.object({ scope: anything, spans: list })).default([]),
      }),
    )
    .default([]),
})
const logsRequest = z.object({
  resourceLogs: z
    .array(
      z.object({
        resource: anything,
        scopeLogs: z.array(z.object({ scope: anything, logRecords: list })).default([]),
      }),
    )
    .default([]),
})

/** Decodes the body of POST /v1/traces; throws a ZodError where it is no OTLP request at all. */
export function decodeTraces(body: unknown): Decoded<OtlpSpan> {
  const groups = traceRequest
    .parse(plainJson(body))
    .resourceSpans.map(({ resource, scopeSpans }) => ({
      resource,
      scopes: scopeSpans.map(({ scope, spans }) => ({ scope, items: spans })),
    }))
  return decodeEach(groups, otlpSpan)
}

/** Decodes the body of POST /v1/logs; throws a ZodError where it is no OTLP request at all. */
export function decodeLogs(body: unknown): Decoded<OtlpLogRecord> {
  const groups = logsRequest.parse(plainJson(body)).resourceLogs.map(({ resource, scopeLogs }) => ({
    resource,
    scopes: scopeLogs.map(({ scope, logRecords }) => ({ scope, items: logRecords })),
  }))
  return decodeEach(groups, otlpLogRecord)
}

interface Group {
  resource: unknown
  scopes: { scope: unknown; items: unknown[] }[]
}

function decodeEach<T>(groups: Group[], item: z.ZodType<T>): Decoded<T> {
  const batches: Batch<T>[] = []
  const [rejected, leftOut] = [new Tally(), new Tally()]
  const keep = <V>({ value, odd }: Read<V>, otherwise: Tally): V | undefined => {
    if (value === undefined) otherwise.add(odd.slice(0, 1))
    else leftOut.add(odd)
    return value
  }
  for (const group of groups) {
    const shared = keep(readLeniently(resource, group.resource), leftOut) ?? {}
    for (const { scope: from, items } of group.scopes) {
      const origin = { resource: shared, scope: keep(readLeniently(scope, from), leftOut) ?? {} }
      const kept = items.map((input) => keep(readLeniently(item, input), rejected))
      batches.push({ origin, items: kept.filter((read) => read !== undefined) })
    }
  }
  const reason = [rejected.first, leftOut.inWords()].filter((each) => each !== undefined).join('; ')
  return { batches, rejected: rejected.count, ...(reason !== '' && { reason }) }
}

/** Counts reasons, and has the first. */
class Tally {
  count = 0
  first: string | undefined
  add(reasons: string[]): void {
    this.count += reasons.length
    this.first ??= reasons[0]
  }
  inWords(): string | undefined {
    if (this.first === undefined) return undefined
    return `${this.count} odd ${this.count === 1 ? 'part' : 'parts'} left out: ${this.first}`
  }
}
