import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nanoseconds } from '../../../../otel/export/json/nanoseconds.ts'

test('a time is its seconds and nine digits of nanoseconds', () => {
  assert.equal(nanoseconds([1_764_100_000, 0]), '1764100000000000000')
  assert.equal(nanoseconds([1_764_100_000, 7]), '1764100000000000007')
  assert.equal(nanoseconds([1_764_100_000, 999_999_999.9]), '1764100000999999999')
})

test('a time whose parts are odd is reckoned', () => {
  assert.equal(nanoseconds([0, 5]), '5')
  assert.equal(nanoseconds([1, 1_000_000_001]), '2000000001')
  assert.equal(nanoseconds([1.5, 1]), '1000000001')
  assert.equal(nanoseconds([-1, 1]), '-999999999')
})

test('what is no time is an error', () => {
  assert.throws(() => nanoseconds([Number.NaN, 0]), RangeError)
})
