import { field, needed, type Type, whyOdd } from './field.ts'
import { message, whole } from './message.ts'
import { type OtlpOrigin, otlpLogRecord, otlpSpan, resource, scope } from './otlp.ts'

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

/** What is odd in one of these is no other's affair: they are read one by one. */
const asItIs = (type: Type<unknown>): Type<unknown> => ({ ...type, json: (input) => input })

export const traceRequest = requestOf('resourceSpans', 'scopeSpans', 'spans', otlpSpan)
export const logsRequest = requestOf('resourceLogs', 'scopeLogs', 'logRecords', otlpLogRecord)
/** Of metrics nothing is kept: all of their fields are passed over. */
export const metricsRequest = message({})

/** Items by the scope and the resource that they came from, as the requests of all signals have them. */
function requestOf(resources: string, scopes: string, items: string, item: Type<unknown>) {
  const byScope = message({
    scope: field(1, asItIs(scope), {}),
    items: { ...needed(2, whole(asItIs(item)), []), name: items },
  })
  const byResource = message({
    resource: field(1, asItIs(resource), {}),
    scopes: { ...needed(2, whole(byScope), []), name: scopes },
  })
  return message({ resources: { ...needed(1, whole(byResource), []), name: resources } })
}

/** Decodes the JSON of POST /v1/traces; throws an Odd where it is no such request at all. */
export const decodeTraces = (body: unknown) => decode(traceRequest.parse(body), otlpSpan)
/** Decodes that of POST /v1/logs likewise. */
export const decodeLogs = (body: unknown) => decode(logsRequest.parse(body), otlpLogRecord)

type Received = ReturnType<typeof traceRequest.parse>

function decode<T>({ resources }: Received, item: Type<T>): Decoded<T> {
  const batches: Batch<T>[] = []
  const rejected: string[] = []
  const leftOut: string[] = []
  const read = <V>(type: Type<V>, input: unknown, otherwise: string[]): V | undefined => {
    const odd: string[] = []
    try {
      const value = type.json(input, odd, 0)
      for (const reason of odd) leftOut.push(reason)
      return value
    } catch (error) {
      otherwise.push(whyOdd(error))
      return undefined
    }
  }
  for (const group of resources) {
    const shared = read(resource, group.resource, leftOut) ?? {}
    for (const each of group.scopes) {
      const origin = { resource: shared, scope: read(scope, each.scope, leftOut) ?? {} }
      const kept = each.items.map((input) => read(item, input, rejected))
      batches.push({ origin, items: kept.filter((value) => value !== undefined) })
    }
  }
  const reason = [...rejected.slice(0, 1), ...inWords(leftOut)].join('; ')
  return { batches, rejected: rejected.length, ...(reason !== '' && { reason }) }
}

function inWords([first, ...others]: string[]): string[] {
  if (first === undefined) return []
  const count = others.length + 1
  return [`${count} odd ${count === 1 ? 'part' : 'parts'} left out: ${first}`]
}
