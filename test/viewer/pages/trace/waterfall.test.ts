import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Interval, layOut, type TimedLine } from '../../../../viewer/pages/trace/waterfall.ts'

const ms = 1_000_000n
const at = (
  spanId: string,
  parentSpanId: string | undefined,
  start: number,
  took: number,
): Interval => ({
  spanId,
  parentSpanId,
  start: BigInt(start) * ms,
  duration: took * 1e6,
})
const drawn = (spans: Interval[], logs: (TimedLine & { text: string })[] = []) =>
  layOut(spans, logs).rows.map(
    (row) => '  '.repeat(row.depth) + (row.kind === 'span' ? row.span.spanId : `"${row.log.text}"`),
  )

test('children and log lines follow their span by time, however they arrive', () => {
  const spans = [
    at('c', 'a', 30, 10),
    at('b', 'a', 10, 10),
    at('a', undefined, 0, 50),
    at('d', 'b', 12, 2),
  ]
  const logs = [
    { spanId: 'a', time: 20n * ms, text: 'between' },
    { spanId: 'd', time: 13n * ms, text: 'inside' },
    { spanId: 'a', time: 1n * ms, text: 'first' },
    { spanId: undefined, time: 60n * ms, text: 'elsewhere' },
  ]
  // a ├ "first" ├ b ─ d ─ "inside" ├ "between" └ c;  "elsewhere"
  assert.deepEqual(drawn(spans, logs), [
    'a',
    '  "first"',
    '  b',
    '    d',
    '      "inside"',
    '  "between"',
    '  c',
    '"elsewhere"',
  ])
  const [a] = layOut(spans, logs).rows
  assert.ok(a?.kind === 'span')
  assert.deepEqual([a.left, a.width, a.below], [0, 1, 6])
})

test('what starts at once keeps the order in which it came, spans before lines', () => {
  const spans = [at('a', undefined, 0, 9), at('c', 'a', 1, 1), at('b', 'a', 1, 1)]
  const logs = ['second', 'first'].map((text) => ({ spanId: 'a', time: ms, text }))
  assert.deepEqual(drawn(spans, logs), ['a', '  c', '  b', '  "second"', '  "first"'])
})

test('a missing parent makes an orphan, an earlier child a skew; both stay on the scale', () => {
  const { rows } = layOut(
    [at('a', undefined, 10, 10), at('b', 'a', 8, 4), at('x', 'gone', 12, 100)],
    [],
  )
  const facts = rows.map(
    (row) => row.kind === 'span' && [row.span.spanId, row.depth, row.orphan, row.skew],
  )
  assert.deepEqual(facts, [
    ['a', 0, false, 0],
    ['b', 1, false, 2e6],
    ['x', 0, true, 0],
  ])
})

test('spans that are each other’s parents are shown once each', () => {
  assert.deepEqual(
    drawn([at('a', 'b', 0, 1), at('b', 'a', 1, 1), at('c', 'b', 2, 1), at('self', 'self', 3, 1)]),
    ['a', '  b', '    c', 'self'],
  )
})

test('no spans, only lines, and nothing at all are laid out as well', () => {
  assert.deepEqual(drawn([], []), [])
  assert.deepEqual(drawn([], [{ spanId: 'x', time: 5n, text: 'alone' }]), ['"alone"'])
})

test('a trace as deep as it is long is laid out', () => {
  const spans = Array.from({ length: 10_000 }, (_, n) =>
    at(`${n}`, n ? `${n - 1}` : undefined, n, 1),
  )
  assert.equal(layOut(spans, []).rows.at(-1)?.depth, 9999)
})

test('a span with 150,000 children is laid out, and knows how many rows are below it', () => {
  const children = Array.from({ length: 150_000 }, (_, n) => at(`${n}`, 'root', n, 1))
  const [root, first] = layOut([at('root', undefined, 0, 1), ...children], []).rows
  assert.ok(root?.kind === 'span' && first?.kind === 'span')
  assert.deepEqual([root.below, first.below], [150_000, 0])
})

test('two spans of one id are shown once each, with what is below them at the later', () => {
  const spans = [
    at('a', undefined, 0, 9),
    at('b', 'a', 1, 5),
    at('b', 'a', 2, 3),
    at('c', 'b', 3, 1),
  ]
  assert.deepEqual(drawn(spans), ['a', '  b', '  b', '    c'])
})

test('any spans and lines give one row each, within the scale', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
  const span = fc.record({
    spanId: id,
    parentSpanId: fc.option(id, { nil: undefined }),
    start: fc.bigInt({ min: 0n, max: 2n ** 63n }),
    duration: fc.nat(),
  })
  const log = fc.record({
    spanId: fc.option(id, { nil: undefined }),
    time: fc.bigInt({ min: 0n, max: 2n ** 63n }),
  })
  const spans = fc.uniqueArray(span, { selector: ({ spanId }) => spanId })
  fc.assert(
    fc.property(spans, fc.array(log), (spans, logs) => {
      const { rows } = layOut(spans, logs)
      assert.equal(rows.length, spans.length + logs.length)
      assert.equal(
        new Set(rows.map((row) => (row.kind === 'span' ? row.span : row.log))).size,
        rows.length,
      )
      for (const row of rows) {
        assert.ok(row.left >= 0 && row.left <= 1)
        if (row.kind === 'span') assert.ok(row.width >= 0 && row.left + row.width <= 1.000001)
      }
    }),
  )
})
