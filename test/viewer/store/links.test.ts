import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Store } from '../../../viewer/store/store.ts'
import { addTo, linking, linkTo, numberOf, spanIdOf, traceIdOf } from '../linked-traffic.ts'

function emptyStore(t: TestContext, options: { maxSpans?: number } = {}) {
  const store = new Store(options)
  t.after(() => store.close())
  return store
}
const rows = (store: Store) =>
  Object.values(store.db.prepare('SELECT count(*) FROM links').get() ?? {})[0]
const from = (store: Store, n: number) => store.links.tracesFrom(traceIdOf(n), 100).map(numberOf)
const to = (store: Store, n: number) => store.links.tracesTo(traceIdOf(n), 100).map(numberOf)

test('a link is found from both ends, whichever arrives first', (t) => {
  const store = emptyStore(t)
  addTo(store, linking(2, [1]))
  assert.deepEqual([from(store, 2), to(store, 1)], [[], [2]])
  addTo(store, linking(1), linking(3, [1]))
  assert.deepEqual([from(store, 2), to(store, 1)], [[1], [2, 3]])
  assert.deepEqual(store.links.spansTo(linkTo(1), 10), [linkTo(2), linkTo(3)])
  assert.deepEqual([...store.links.linkedSpans(traceIdOf(1))], [spanIdOf(1)])
})

test('a link to itself, to what is not here, or twice to the same leads nowhere new', (t) => {
  const store = emptyStore(t)
  addTo(store, linking(1, [1, 9, 2, 2]), linking(2))
  assert.deepEqual([from(store, 1), to(store, 1), to(store, 2)], [[2], [], [1]])
  assert.equal(rows(store), 3)
})

test('links to no span at all, which the specification allows, cost no span', (t) => {
  const store = emptyStore(t)
  const none = { traceId: '', spanId: '0000000000000000', attributes: [] }
  addTo(store, linking(1), linking(2, [], { links: [none, linkTo(1), {}] }))
  assert.deepEqual(store.spansWithId(traceIdOf(2), spanIdOf(2))[0]?.item.links, [linkTo(1)])
  assert.deepEqual(to(store, 1), [2])
})

test('of ten thousand links on a span 128 are indexed, and 1000 of a trace; the span keeps all', (t) => {
  const store = emptyStore(t)
  const many = Array.from({ length: 10_000 }, (_, n) => n + 10)
  addTo(store, linking(1, many))
  assert.equal(rows(store), 128)
  assert.equal(store.spansWithId(traceIdOf(1), spanIdOf(1))[0]?.item.links?.length, 10_000)
  for (let n = 2; n < 20; n++) addTo(store, linking(1, many, { spanId: spanIdOf(n) }))
  assert.equal(rows(store), 1000)
})

test('of the links to one trace ten thousand are looked at for its spans', (t) => {
  const store = emptyStore(t)
  for (let n = 0; n < 80; n++) {
    const to = Array.from({ length: 128 }, (_, k) => ({
      ...linkTo(1),
      spanId: spanIdOf(n * 128 + k),
    }))
    addTo(store, linking(100 + n, [], { links: to }))
  }
  assert.equal(rows(store), 80 * 128)
  assert.equal(store.links.linkedSpans(traceIdOf(1)).size, 10_000)
})

test('links leave with the traces that have them', (t) => {
  const store = emptyStore(t, { maxSpans: 3 })
  for (let n = 1; n <= 6; n++) addTo(store, linking(n, [n - 1, n + 1]))
  assert.equal(rows(store), 6)
  assert.deepEqual([to(store, 3), to(store, 5)], [[4], [4, 6]])
})
