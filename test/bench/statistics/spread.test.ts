import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { median, quantile } from '../../../bench/statistics/quantile.ts'
import { estimate, ratio } from '../../../bench/statistics/spread.ts'

suite('a quantile', () => {
  test('is the value itself where one is there, in whatever order they come', () => {
    assert.equal(median([30, 10, 20]), 20)
    assert.equal(quantile([30, 10, 20], 1), 30)
    assert.equal(quantile([30, 10, 20], 0), 10)
  })

  test('lies between two values by its distance from them', () => {
    assert.equal(median([10, 20]), 15)
    assert.equal(quantile([0, 100], 0.99), 99)
  })

  test('sorts numbers as numbers, and leaves the values as they were', () => {
    const values = [100, 9, 20]
    assert.equal(quantile(values, 0), 9)
    assert.deepEqual(values, [100, 9, 20])
  })

  test('of nothing is not a number', () => {
    assert.ok(Number.isNaN(median([])))
  })
})

suite('a ratio to the base', () => {
  test('is taken round by round, so that a slow machine makes no variant slow', () => {
    const base = [100, 10, 100, 10, 100]
    const half = base.map((value) => value / 2)
    assert.deepEqual(ratio(half, base), { median: 0.5, low: 0.5, high: 0.5, noisy: false })
  })

  test('needs as many rounds on both sides', () => {
    assert.throws(() => ratio([1, 2], [1]), /2 rounds against 1/)
  })
})

suite('a spread', () => {
  // Ranks of the 95 % interval of a median, as tables of the sign test have them.
  const RANKS: [count: number, low: number, high: number][] = [
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [12, 3, 10],
    [20, 6, 15],
    [25, 8, 18],
  ]
  for (const [count, low, high] of RANKS) {
    test(`of ${count} values goes from the ${low}. to the ${high}. of them`, () => {
      const values = Array.from({ length: count }, (_, i) => i + 1)
      const spread = estimate(values.toReversed())
      assert.deepEqual([spread.low, spread.high], [low, high])
    })
  }

  test('of a few values goes from the smallest to the largest', () => {
    const { low, high } = estimate([0.5, 0.4, 0.45])
    assert.deepEqual([low, high], [0.4, 0.5])
  })

  test('of one bad round among many is no wider for it', () => {
    const { low, noisy } = estimate([0.5, 0.51, 0.5, 0.49, 0.01, 0.5, 0.5, 0.52, 0.5])
    assert.equal(low, 0.49)
    assert.equal(noisy, false)
  })

  test('that is wider than a quarter of its median is too noisy, and so is that of nothing', () => {
    assert.equal(estimate([0.45, 0.5, 0.56]).noisy, false)
    assert.equal(estimate([0.43, 0.5, 0.56]).noisy, true)
    assert.equal(estimate([]).noisy, true)
  })
})
