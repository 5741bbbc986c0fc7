import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { storyOf } from '../../../../viewer/pages/story/story.ts'
import { Store } from '../../../../viewer/store/store.ts'
import { addTo, linking, numberOf, of, traceIdOf } from '../../linked-traffic.ts'

function emptyStore(t: TestContext) {
  const store = new Store()
  t.after(() => store.close())
  return store
}
const numbers = (store: Store, n: number) =>
  storyOf(store, traceIdOf(n)).parts.map(({ traceId }) => numberOf(traceId))
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n)

test('a story has the traces of one correlation id and the linked ones, in the order of their start', (t) => {
  const store = emptyStore(t)
  addTo(store, linking(3, [2], of('other')), linking(2, [1], of('abc')), linking(1, [], of('abc')))
  addTo(store, linking(4, [], of('abc')), linking(5, [], of('someone')))
  assert.deepEqual(numbers(store, 1), [1, 2, 3, 4])
  assert.deepEqual(numbers(store, 5), [])
  const links = storyOf(store, traceIdOf(2)).parts.map(({ link }) => link)
  assert.deepEqual(links, ['to', undefined, 'from', undefined])
  assert.equal(storyOf(store, traceIdOf(1)).parts[2]?.link, 'indirect')
})

test('links in a circle, or to itself, end', (t) => {
  const store = emptyStore(t)
  addTo(store, linking(1, [1, 3]), linking(2, [1]), linking(3, [2, 3]))
  for (const n of [1, 2, 3]) assert.deepEqual(numbers(store, n), [1, 2, 3])
})

test('of a long chain and of many links the nearest forty are followed, and it says so', (t) => {
  const store = emptyStore(t)
  for (const n of range(1, 100)) addTo(store, linking(n, [n - 1]))
  assert.deepEqual(numbers(store, 50), range(30, 70))
  assert.equal(storyOf(store, traceIdOf(50)).linkedLeftOut, true)
  for (const n of range(201, 300)) addTo(store, linking(n, [200]))
  addTo(store, linking(200))
  const hub = storyOf(store, traceIdOf(200))
  assert.deepEqual([hub.parts.length, hub.linkedLeftOut], [41, true])
})

test('traces that start at once stand in the order in which they came', (t) => {
  const store = emptyStore(t)
  for (const n of [2, 1, 3]) addTo(store, linking(n, [], { ...of('same'), at: 0 }))
  assert.deepEqual(numbers(store, 1), [2, 1, 3])
})

test('exactly forty linked traces are a whole story', (t) => {
  const store = emptyStore(t)
  for (const n of range(1, 41)) addTo(store, linking(n, [n - 1]))
  const { parts, linkedLeftOut } = storyOf(store, traceIdOf(1))
  assert.deepEqual([parts.length, linkedLeftOut], [41, false])
})

test('of many traces with one id the nearest twenty on each side are there, and the others counted', (t) => {
  const store = emptyStore(t)
  for (const n of range(1, 100)) addTo(store, linking(n, [], of('same')))
  assert.deepEqual(numbers(store, 50), range(30, 70))
  assert.equal(storyOf(store, traceIdOf(50)).sameLeftOut, 59)
  assert.deepEqual(numbers(store, 100), range(80, 100))
})
