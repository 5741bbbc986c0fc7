import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { suite, test } from 'node:test'
import { busyMicros } from '../../../bench/machine/core-time.ts'

const STAT = `cpu  300 6 90 3000 30 9 12 15 60 0
cpu0 100 2 30 1000 10 3 4 5 20 0
cpu1 200 4 60 2000 20 6 8 10 40 0
cpu10 1 1 1 1 1 1 1 1 1 1
`

suite('how long a core was busy', () => {
  test('is all but idle and iowait, and guests are in it once, in microseconds', () => {
    // user 100, nice 2, system 30, irq 3, softirq 4, steal 5: hundredths of a second.
    assert.equal(
      busyMicros(0, () => STAT),
      1_440_000,
    )
  })

  test('is not mistaken for that of a core whose number begins alike', () => {
    assert.equal(
      busyMicros(1, () => STAT),
      2_880_000,
    )
  })

  test('is unknown where there is no such core, or the system does not say', () => {
    assert.equal(
      busyMicros(7, () => STAT),
      undefined,
    )
    assert.equal(
      busyMicros(0, () => ''),
      undefined,
    )
  })

  test('is what this system says', { skip: !existsSync('/proc/stat') && 'Linux' }, () => {
    assert.ok(Number(busyMicros(0)) > 0)
  })
})
