import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Measured } from '../../../bench/run/measured.ts'
import { VARIANTS } from '../../../bench/variants.ts'

test('a variant that fails is measured no further, and keeps the reason', async (t) => {
  const measured = await Measured.prepare(VARIANTS[0])
  t.after(() => measured.close())
  const steps: string[] = []

  await measured.attempt(async () => {
    steps.push('fails')
    throw new Error('requests failed under load')
  })
  await measured.attempt(async () => {
    steps.push('goes on')
  })

  assert.deepEqual(steps, ['fails'])
  assert.equal(measured.error, 'requests failed under load')
})
