import { z } from 'zod'
import type { Database } from './database.ts'

const place = z.object({ service: z.string(), name: z.string() }).optional()
const summary = z.object({
  traceId: z.string(),
  /** The span without a parent; undefined while that has not arrived. */
  root: place,
  /** Where it has no root: the earliest span whose parent has not arrived. */
  entry: place,
  /** Nanoseconds since 1970. */
  start: z.string().transform(BigInt),
  end: z.string().transform(BigInt),
  spans: z.number(),
  errors: z.number(),
  /** Spans whose parent has not arrived. */
  orphans: z.number(),
  correlationId: z.string().optional(),
  services: z.array(z.object({ name: z.string(), spans: z.number(), errors: z.number() })),
})
/** A trace in a list. */
export type TraceSummary = z.infer<typeof summary>

/** The traces of these numbers, the newest start first; of two that start at once the latest number. */
export const summariesOf = (db: Database, numbers: readonly number[]): TraceSummary[] =>
  db
    .column(summaries, JSON.stringify(numbers))
    .map((json) => summary.parse(JSON.parse(String(json))))

const orphans = `FROM spans s WHERE s.trace = t.seq AND s.parent IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM spans p WHERE p.trace = t.seq AND p.span_id = s.parent)`
// The patch leaves out what is null.
const summaries = `
  SELECT json_patch('{}', json_object('traceId', trace_id, 'start', start, 'end', end, 'spans', spans, 'errors', errors,
    'correlationId', correlation_id, 'orphans', (SELECT count(*) ${orphans}),
    'root', json(CASE WHEN root_name IS NOT NULL THEN json_object('service', root_service, 'name', root_name) END),
    'entry', json(CASE WHEN root_name IS NULL THEN (SELECT json_object('service', s.service, 'name', s.name) ${orphans}
      ORDER BY s.start LIMIT 1) END),
    'services', json((SELECT json_group_array(json_object('name', service, 'spans', spans, 'errors', errors)) FROM
      (SELECT service, count(*) AS spans, sum(status = 2) AS errors FROM spans s
       WHERE s.trace = t.seq GROUP BY service ORDER BY service)))))
  FROM traces t WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY start DESC, seq DESC`
