import type { Backend } from '../trace/backend.ts'
import type { Patience } from '../trace/patience.ts'
import { servicesOf } from '../trace/trace.ts'

/** What of a trace is on its way. */
export interface Expected {
  traceId: string
  services: readonly string[]
  /** Log records; 0 where the backend keeps none. */
  records: number
}

/** Asks until all that is expected of a trace has arrived; what is still missing when patience runs out, else undefined. */
export async function arrival(
  backend: Backend,
  expected: Expected,
  patience: Patience,
): Promise<string | undefined> {
  for (let retry = 0; ; retry += 1) {
    const missing = await missingOf(backend, expected)
    if (missing === undefined || retry >= patience.retries) return missing
    await patience.pause()
  }
}

async function missingOf(backend: Backend, expected: Expected): Promise<string | undefined> {
  const trace = await backend.trace(expected.traceId)
  const there = trace === undefined ? [] : servicesOf(trace)
  const missing = expected.services.filter((service) => !there.includes(service))
  if (missing.length > 0) return `spans of ${missing.join(' and ')}`
  if (expected.records === 0) return undefined
  const records = await backend.logRecords(expected.traceId)
  return records.length < expected.records ? 'log lines' : undefined
}
