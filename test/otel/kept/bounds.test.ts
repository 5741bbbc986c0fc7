import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Span } from '@opentelemetry/api'
import { keeping } from './keeping.ts'

const fail = (span: Span) => span.recordException(new Error('out of paper'))

test('of one trace the last spans are held, and it is said how many were let go', async () => {
  const { start, names, said, shutdown } = keeping({ limits: { spansPerTrace: 3 } })
  const root = start('root')
  for (const name of ['a', 'b', 'c', 'd', 'e']) start(name, root).end()
  assert.equal(said.length, 1, 'once, not once a span')
  fail(root)
  root.end()
  assert.deepEqual(names(), ['c', 'd', 'e', 'root'])
  await shutdown()
  assert.deepEqual(said.at(-1)?.fields, { tracesKept: 1, spansDropped: 0, spansLetGo: 2 })
})

test('of many traces the last are held; one that was let go has its end all the same, if it fails', async () => {
  const { start, names, said, shutdown } = keeping({ limits: { traces: 2 } })
  const roots = ['a', 'b', 'c'].map((name) => {
    const root = start(name)
    start(`${name}.child`, root).end()
    return root
  })
  const [first] = roots
  assert.ok(first)
  start('a.late', first).end()
  for (const root of roots) {
    fail(root)
    root.end()
  }
  assert.deepEqual(names(), ['a', 'b.child', 'b', 'c.child', 'c'])
  await shutdown()
  assert.deepEqual(said.at(-1)?.fields, { tracesKept: 3, spansDropped: 0, spansLetGo: 2 })
})

test('of all that is held the largest trace goes first where there is too much, events counted', () => {
  const { start, names, said } = keeping({ limits: { bytes: 50_000 } })
  const small = start('small')
  start('small.child', small).end()
  const large = start('large')
  const fat = start('fat', large)
  fat.setAttribute('text', 'x'.repeat(20_000)).setAttribute('texts', ['x'.repeat(10_000)])
  fat.addEvent('event', { text: 'x'.repeat(20_000) })
  fat.end()
  assert.equal(said.length, 1)
  for (const root of [small, large]) {
    fail(root)
    root.end()
  }
  assert.deepEqual(names(), ['small.child', 'small', 'large'])
})

test('what is decided about makes room', () => {
  const { start, names, said } = keeping({ limits: { bytes: 50_000, traces: 2 } })
  for (let i = 0; i < 100; i++) {
    const root = start('well')
    start('child', root).setAttribute('text', 'x'.repeat(20_000)).end()
    root.end()
    const failed = start('failed')
    start('child', failed).setAttribute('text', 'x'.repeat(20_000)).end()
    fail(failed)
    failed.end()
  }
  assert.equal(names().length, 200)
  assert.deepEqual(said, [])

  // And what is not decided about is counted.
  for (const name of ['a', 'b', 'c']) start('child', start(name)).end()
  assert.equal(said.length, 1)
})

test('what one trace lets go makes room for others', () => {
  const { start, names, said } = keeping({ limits: { bytes: 50_000, spansPerTrace: 1 } })
  const root = start('root')
  for (let i = 0; i < 10; i++) start('child', root).setAttribute('text', 'x'.repeat(20_000)).end()
  fail(root)
  root.end()
  assert.deepEqual(names(), ['child', 'root'])
  assert.equal(said.length, 1)
})

test('a request that holds nothing loses nothing', () => {
  const { start, said } = keeping({ limits: { traces: 1 } })
  for (const name of ['a', 'b']) start(name)
  assert.deepEqual(said, [])
})

test('a request that never ends is let go after a while, and kept where it was slow', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  let now = 0
  t.mock.method(performance, 'now', () => now)
  for (const [slowerMs, kept] of [
    [undefined, []],
    [1000, ['child']],
  ] as const) {
    const { start, names, said } = keeping({ rules: { slowerMs } })
    const endless = start('endless')
    start('child', endless).end()
    now += 540_000
    t.mock.timers.tick(60_000)
    assert.deepEqual([names(), said], [[], []])
    now += 60_000
    t.mock.timers.tick(60_000)
    assert.deepEqual(names(), kept)
    assert.equal(said.length, 1 - kept.length)
    start('later', endless).end()
    assert.deepEqual(names(), kept.length > 0 ? ['child', 'later'] : [])
  }
})

test('what was let go is said again at the next time, not at each', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const { start, said } = keeping({ limits: { spansPerTrace: 1 } })
  const letGo = (count: number) => {
    const root = start('root')
    for (let i = 0; i <= count; i++) start('child', root).end()
  }
  letGo(3)
  letGo(3)
  t.mock.timers.tick(60_000)
  letGo(3)
  assert.deepEqual(
    said.map(({ fields }) => Reflect.get(fields, 'spansLetGo')),
    [1, 7],
  )
})
