import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { lostShare } from '../../../bench/statistics/spans-due.ts'

suite('the spans that were lost', () => {
  test('are a share of those due', () => {
    assert.equal(lostShare({ received: 900, due: 1000 }, 1, 1000), 1 - 900 / 1000)
  })

  test('are none where the load broke off a few requests as a round ended', () => {
    assert.equal(lostShare({ received: 99_900, due: 100_000 }, 1, 100_000), 0)
    assert.equal(lostShare({ received: 100_500, due: 100_000 }, 1, 100_000), 0)
  })

  test('are none where a sampler of a tenth kept a little less, as chance has it', () => {
    // 1000 traces due of 10,000: a standard deviation is 30 of them.
    assert.equal(lostShare({ received: 900, due: 1000 }, 0.1, 10_000), 0)
  })

  test('are what is beyond chance for a sampler too', () => {
    assert.equal(lostShare({ received: 800, due: 1000 }, 0.1, 10_000), 1 - 800 / 1000)
  })

  test('are none where none was due', () => {
    assert.equal(lostShare({ received: 0, due: 0 }, 0, 10_000), 0)
  })
})
