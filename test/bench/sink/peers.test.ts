import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { suite, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { startDownstream } from '../../../bench/run/downstream.ts'
import { Measured } from '../../../bench/run/measured.ts'
import { QUICK } from '../../../bench/run/plan.ts'
import { timeStarts } from '../../../bench/run/starts.ts'
import { VARIANTS } from '../../../bench/variants.ts'

const installed = existsSync(new URL('../../../bench/node_modules', import.meta.url))
const REQUESTS = 5

suite('a real peer', { skip: !installed && 'npm --prefix bench ci' }, () => {
  for (const variant of VARIANTS.filter(({ kind }) => kind === 'peer')) {
    test(`${variant.name} has its spans counted, a server span a request at the least`, async (t) => {
      const { sink, server } = await started(t, variant)
      server.letGo()
      for (let i = 0; i < REQUESTS; i++) {
        const response = await fetch(`${server.url}/proxy`)
        assert.equal(response.status, 200)
        await response.text()
      }
      while (sink.received().spans < 2 * REQUESTS) await delay(100)
    })
  }
})

async function started(t: TestContext, variant: (typeof VARIANTS)[number]) {
  const downstream = await startDownstream()
  t.after(() => downstream.close())
  const measured = await Measured.prepare(variant)
  t.after(() => measured.close())
  await timeStarts([measured], {
    plan: QUICK,
    load: async () => 0,
    cores: undefined,
    downstreamUrl: downstream.url,
    progress() {},
  })
  assert.equal(measured.error, undefined)
  return measured
}
