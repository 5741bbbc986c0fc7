import assert from 'node:assert/strict'
import { test } from 'node:test'
import { benchOptions } from '../../bench/options.ts'

test('the bench measures all of it where nothing else is asked for', () => {
  assert.deepEqual(
    { ...benchOptions([]) },
    {
      quick: false,
      production: false,
      help: false,
      redraw: false,
      only: [],
    },
  )
})

test('the bench takes a quick look, and at some variants alone', () => {
  const { quick, only } = benchOptions(['--quick', '--only', 'sentry', '--only', 'head'])
  assert.deepEqual({ quick, only }, { quick: true, only: ['sentry', 'head'] })
})

test('the bench refuses what it does not know', () => {
  assert.throws(() => benchOptions(['--fast']), TypeError)
})
