import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** A trace in a list; times in nanoseconds since 1970. */
export interface TraceSummary {
  traceId: string
  /** Of the span without a parent; undefined while that has not arrived. */
  root: { service: string; name: string } | undefined
  /** Where it has no root: the earliest span whose parent has not arrived. */
  entry: { service: string; name: string } | undefined
  start: bigint
  end: bigint
  spans: number
  errors: number
  /** Spans whose parent has not arrived. */
  orphans: number
  correlationId: string | undefined
  services: { name: string; spans: number; errors: number }[]
}

/** The traces of these numbers, the latest number first. */
export function summariesOf(db: DatabaseSync, numbers: Iterable<number>): TraceSummary[] {
  const rows = db.prepare(summaries).all(JSON.stringify([...numbers]))
  return rows.map((row) => {
    const { root_service, root_name, entry, services, ...summary } = summaryRow.parse(row)
    const complete = root_service !== null && root_name !== null
    return {
      ...summary,
      root: complete ? { service: root_service, name: root_name } : undefined,
      entry: entry === null ? undefined : entryRow.parse(JSON.parse(entry)),
      services: z.array(serviceRow).parse(JSON.parse(services)),
    }
  })
}

const orphans = `FROM spans s WHERE s.trace = t.seq AND s.parent IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM spans p WHERE p.trace = t.seq AND p.span_id = s.parent)`
const summaries = `
  SELECT trace_id AS traceId, start, end, spans, errors, root_service, root_name,
    correlation_id AS correlationId,
    (SELECT count(*) ${orphans}) AS orphans,
    CASE WHEN root_name IS NULL THEN (SELECT json_object('service', s.service, 'name', s.name) ${orphans}
      ORDER BY s.start LIMIT 1) END AS entry,
    (SELECT json_group_array(json_object('name', service, 'spans', spans, 'errors', errors)) FROM
      (SELECT service, count(*) AS spans, sum(status = 2) AS errors FROM spans s
       WHERE s.trace = t.seq GROUP BY service ORDER BY service)) AS services
  FROM traces t WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq DESC`
const summaryRow = z.object({
  traceId: z.string(),
  start: z.string().transform(BigInt),
  end: z.string().transform(BigInt),
  spans: z.number(),
  errors: z.number(),
  orphans: z.number(),
  root_service: z.string().nullable(),
  root_name: z.string().nullable(),
  correlationId: z
    .string()
    .nullable()
    .transform((id) => id ?? undefined),
  entry: z.string().nullable(),
  services: z.string(),
})
const entryRow = z.object({ service: z.string(), name: z.string() })
const serviceRow = z.object({ name: z.string(), spans: z.number(), errors: z.number() })
