import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { groupByTrace, type Span, type Trace } from '../../cli/trace.ts'
import { waterfall } from '../../cli/waterfall.ts'

test('children stand under their parent in order of time, whatever order they came in', () => {
  const trace = traceOf([
    span('d', 'b', 3n),
    span('c', 'a', 4n),
    span('b', 'a', 2n),
    span('a', undefined, 1n),
  ])
  assert.deepEqual(drawn(trace), ['a', '├ b', '│ └ d', '└ c'])
})

test('spans whose parent is missing stand at the top and are counted', () => {
  const trace = traceOf([span('b', 'gone', 2n), span('c', 'b', 3n), span('d', 'lost', 4n)])
  assert.deepEqual(drawn(trace), ['b', '└ c', 'd'])
  assert.equal(waterfall(trace, []).orphans, 2)
})

test('a span that is its own ancestor is drawn once', () => {
  assert.deepEqual(drawn(traceOf([span('a', 'a', 1n)])), ['a'])
  const loop = traceOf([span('a', 'c', 1n), span('b', 'a', 2n), span('c', 'b', 3n)])
  assert.deepEqual(drawn(loop).length, 3)
})

test('a line stands between the spans that began before and after it', () => {
  const trace = traceOf([span('a', undefined, 1n), span('b', 'a', 2n), span('c', 'a', 4n)])
  const moment = {
    kind: 'log',
    time: 3n,
    spanId: 'a',
    level: 'INFO',
    text: 'hi',
    attributes: {},
  } as const
  const elsewhere = { ...moment, spanId: 'gone', text: 'stray' }
  const { rows } = waterfall(trace, [moment, elsewhere])
  const texts = rows.map((row) => row.prefix + ('span' in row ? row.span.name : row.moment.text))
  assert.deepEqual(texts, ['a', '├ b', '├ hi', '└ c', 'stray'])
})

test('ten thousand spans under one another are drawn, and stop moving right', () => {
  const chain = Array.from({ length: 10_000 }, (_, index) =>
    span(String(index), index === 0 ? undefined : String(index - 1), BigInt(index)),
  )
  const rows = waterfall(traceOf(chain), []).rows
  assert.equal(rows.length, 10_000)
  assert.ok((rows.at(-1)?.prefix.length ?? 0) < 60)
})

test('every span of any trace is drawn exactly once', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
  const anySpan = fc
    .tuple(ids, fc.option(ids, { nil: undefined }), fc.bigInt(0n, 9n))
    .map(([id, parent, start]) => span(id, parent, start))
  fc.assert(
    fc.property(fc.array(anySpan, { minLength: 1 }), (spans) => {
      const trace = traceOf(spans)
      const names = waterfall(trace, []).rows.map((row) => 'span' in row && row.span.name)
      assert.deepEqual(names.toSorted(), [...new Set(spans.map(({ name }) => name))].sort())
    }),
  )
})

function span(spanId: string, parentSpanId: string | undefined, start: bigint): Span {
  const rest = { traceId: 't', service: 's', error: false, statusMessage: '', attributes: {} }
  return { ...rest, spanId, parentSpanId, name: spanId, start, end: start + 1n, events: [] }
}

function traceOf(spans: Span[]): Trace {
  const [trace] = groupByTrace(spans)
  assert.ok(trace)
  return trace
}

function drawn(trace: Trace): string[] {
  return waterfall(trace, []).rows.map((row) => row.prefix + ('span' in row ? row.span.name : ''))
}
