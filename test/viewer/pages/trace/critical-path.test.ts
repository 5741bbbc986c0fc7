import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { criticalPath } from '../../../../viewer/pages/trace/critical-path.ts'
import { type Interval, layOut } from '../../../../viewer/pages/trace/waterfall.ts'

const span = (spanId: string, parentSpanId: string | undefined, from: number, to: number) => ({
  spanId,
  parentSpanId,
  start: 1000n + BigInt(from),
  duration: to - from,
})
/** The path from the first of these on. */
function walk(spans: Interval[]) {
  const rows = layOut(spans, []).rows.filter((row) => row.kind === 'span')
  const root = rows.find(({ span }) => span === spans[0])
  assert.ok(root)
  return criticalPath(rows, root)
}
const pathOf = (...spans: Interval[]) =>
  Object.fromEntries(
    [...walk(spans)].map(([{ spanId }, stretches]) => [
      spanId,
      stretches.map(({ from, to }) => `${from}-${to}`).join(' '),
    ]),
  )

test('a span waits for its children one after the other, and works itself between them', () => {
  // root  ██████████████████████  0-100
  //  a       ████                10-30
  //  b               ██████      50-80
  //   c               ███        55-70
  assert.deepEqual(
    pathOf(
      span('root', undefined, 0, 100),
      span('a', 'root', 10, 30),
      span('b', 'root', 50, 80),
      span('c', 'b', 55, 70),
    ),
    { root: '0-10 30-50 80-100', b: '50-55 70-80', c: '55-70', a: '10-30' },
  )
})

test('of children side by side the last to end is waited for', () => {
  const path = pathOf(
    span('root', undefined, 0, 100),
    span('fast', 'root', 10, 40),
    span('slow', 'root', 10, 90),
    span('overlaps', 'root', 5, 20),
  )
  assert.deepEqual(path, { root: '0-10 90-100', slow: '10-90' })
})

test('a child that outlives its parent, or begins after it, is waited for as long as that lasts', () => {
  const path = pathOf(
    span('root', undefined, 0, 100),
    span('outlives', 'root', 60, 300),
    span('after', 'root', 110, 120),
    span('early', 'root', -20, 10),
  )
  assert.deepEqual(path, { root: '10-60', outlives: '60-100', early: '0-10' })
})

test('spans of one id, and those that do not hang on the root, are no trouble', () => {
  const root = span('root', undefined, 0, 100)
  const twins = [span('twin', 'root', 10, 20), span('twin', 'root', 30, 40)]
  const others = [span('x', 'y', 1, 2), span('y', 'x', 1, 2), span('child', 'twin', 32, 35)]
  assert.equal(pathOf(root, ...twins, ...others).child, '32-35')
})

test('the path of any trace covers each moment of its root once', () => {
  const tree = fc.array(fc.record({ parent: fc.nat(), from: fc.nat(200), took: fc.nat(100) }))
  fc.assert(
    fc.property(tree, (nodes) => {
      const root = span('0', undefined, 0, 150)
      const spans = nodes.map(({ parent, from, took }, n) =>
        span(String(n + 1), String(parent % (n + 1)), from, from + took),
      )
      const stretches = [...walk([root, ...spans]).values()].flat().sort((a, b) => a.from - b.from)
      let until = 0
      for (const { from, to } of stretches) {
        assert.equal(from, until)
        assert.ok(to > from)
        until = to
      }
      assert.equal(until, 150)
    }),
  )
})

test('a trace as deep as it is long has a path', () => {
  const spans = Array.from({ length: 20_000 }, (_, n) =>
    span(`${n}`, n ? `${n - 1}` : undefined, n, 50_000 - n),
  )
  assert.equal(walk(spans).size, 20_000)
})
