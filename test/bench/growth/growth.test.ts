import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GROWING } from '../../../bench/growth/growth.ts'
import { growthTable, oneMore } from '../../../bench/growth/growth-table.ts'

const cost = (lines: number, cpuMicros: number) => {
  return { connections: 10, spans: 1, lines, cpuMicros, rss: 200e6 }
}

test('a table of growth says what one more costs, from each size to the next', () => {
  const table = growthTable('lines', [cost(1, 50), cost(10, 68), cost(100, 248)])
  assert.deepEqual(
    table.split('\n').map((line) => line.split(/ {2,}/)),
    [
      ['', 'CPU µs a request', 'µs for one more', 'RSS MB'],
      ['1 lines', '50.0', '200'],
      ['10 lines', '68.0', '2.000', '200'],
      ['100 lines', '248.0', '2.000', '200'],
    ],
  )
})

test('what grows is alone in that', () => {
  assert.equal(oneMore('lines', cost(1, 50), cost(11, 70)), 2)
  for (const sizes of Object.values(GROWING)) {
    assert.deepEqual(sizes[0], { connections: 10, lines: 1, spans: 1 })
    const kinds = (['connections', 'lines', 'spans'] as const).map(
      (what) => new Set(sizes.map((size) => size[what])).size,
    )
    assert.deepEqual(kinds.sort(), [1, 1, 3])
  }
})
