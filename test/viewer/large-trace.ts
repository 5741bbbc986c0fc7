import { line, logs, span, traces } from './traffic.ts'

export const largeSpanId = (n: number) => String(n).padStart(16, 'b')

/**
 * A trace as a batch job leaves one: a root, below it parts of ten spans each, one of ten with a log line; as many
 * spans as asked for. `parts` is OTLP in requests of a thousand spans.
 */
export function largeTrace(count: number) {
  const partOf = (n: number) => n - (n % 10) + 1
  const parentOf = (n: number) => (n % 10 === 1 || n < 10 ? 0 : partOf(n))
  const all = Array.from({ length: count }, (_, n) =>
    span({
      spanId: largeSpanId(n),
      ...(n > 0 && { parentSpanId: largeSpanId(Math.min(parentOf(n), n - 1)) }),
      name: `GET /things/${n}`,
      at: n,
      took: n === 0 ? count + 10 : 5,
      attributes: { 'http.request.method': 'GET', 'http.route': '/things/:id', 'things.id': n },
    }),
  )
  const lines = all
    .filter((_, n) => n % 10 === 5)
    .map(({ spanId }, n) => line(`handling thing ${n}`, { spanId, at: n * 10 + 6 }))
  const thousands = Array.from({ length: Math.ceil(count / 1000) }, (_, n) =>
    traces('things', ...all.slice(n * 1000, n * 1000 + 1000)),
  )
  return { spans: thousands, lines: logs('things', ...lines), rows: all.length + lines.length }
}
