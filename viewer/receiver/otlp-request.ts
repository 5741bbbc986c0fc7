import { z } from 'zod'
import { readLeniently } from './lenient.ts'
import { type OtlpOrigin, otlpLogRecord, otlpSpan, resource, scope } from './otlp.ts'
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

/** Decodes the body of POST /v1/traces; throws a ZodError where it is no OTLP request at all. */
export const decodeTraces = decoderOf('resourceSpans', 'scopeSpans', 'spans', otlpSpan)
/** Decodes the body of POST /v1/logs likewise. */
export const decodeLogs = decoderOf('resourceLogs', 'scopeLogs', 'logRecords', otlpLogRecord)

/** Reads the requests of a signal, whose lists have these names. */
function decoderOf<T>(resources: string, scopes: string, items: string, item: z.ZodType<T>) {
  const resourcesIn = listIn(resources, z.looseObject({}))
  const scopesIn = listIn(scopes, z.looseObject({}))
  const itemsIn = listIn(items, z.unknown())
  return (body: unknown): Decoded<T> => {
    const batches: Batch<T>[] = []
    const rejected: string[] = []
    const leftOut: string[] = []
    const read = <V>(schema: z.ZodType<V>, input: unknown, otherwise: string[]) => {
      const { value, odd } = readLeniently(schema, input)
      if (value === undefined) otherwise.push(odd[0] ?? '')
      else for (const reason of odd) leftOut.push(reason)
      return value
    }
    for (const group of resourcesIn(plainJson(body))) {
      const shared = read(resource, group.resource, leftOut) ?? {}
      for (const each of scopesIn(group)) {
        const origin = { resource: shared, scope: read(scope, each.scope, leftOut) ?? {} }
        const kept = itemsIn(each).map((input) => read(item, input, rejected))
        batches.push({ origin, items: kept.filter((value) => value !== undefined) })
      }
    }
    const reason = [...rejected.slice(0, 1), ...inWords(leftOut)].join('; ')
    return { batches, rejected: rejected.length, ...(reason !== '' && { reason }) }
  }
}

/** Made once for each list: to make a schema takes longer than to read many spans. */
function listIn<T>(name: string, item: z.ZodType<T>): (message: unknown) => T[] {
  const schema = z.object({ [name]: z.array(item).default([]) })
  return (message) => schema.parse(message)[name] ?? []
}

function inWords([first, ...others]: string[]): string[] {
  if (first === undefined) return []
  const count = others.length + 1
  return [`${count} odd ${count === 1 ? 'part' : 'parts'} left out: ${first}`]
}
