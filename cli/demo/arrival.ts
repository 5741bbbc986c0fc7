import type { Backend } from '../trace/backend.ts'
import { servicesOf } from '../trace/trace.ts'

/** What of a trace is on its way. */
export interface Expected {
  traceId: string
  services: readonly string[]
  /** Log lines; 0 where the backend keeps none. */
  lines: number
}

/** What of a trace has not arrived yet, in words; undefined where all is there. */
export async function missingOf(
  backend: Backend,
  { traceId, services, lines }: Expected,
): Promise<string | undefined> {
  const trace = await backend.trace(traceId)
  const there = trace === undefined ? [] : servicesOf(trace)
  const missing = services.filter((service) => !there.includes(service))
  if (missing.length > 0) return `spans of ${missing.join(' and ')}`
  if (lines === 0) return undefined
  return (await backend.logLines(traceId)).length < lines ? 'log lines' : undefined
}
