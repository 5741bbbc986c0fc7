import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arrivals } from '../../../bench/load/arrivals.ts'
import type { FullLoad } from '../../../bench/load/wrk.ts'
import { describeMachine } from '../../../bench/machine/machine.ts'
import { Results } from '../../../bench/report/results.ts'
import { summarize } from '../../../bench/report/summary.ts'
import { report } from '../../../bench/report/table.ts'
import { runBench } from '../../../bench/run/bench.ts'
import { VARIANTS } from '../../../bench/variants.ts'

const REQUESTS = 40

const SMALL = {
  routes: [{ path: '/proxy', rounds: 2 }],
  roundSeconds: 0.2,
  connections: 4,
  starts: 1,
  latencyRounds: 1,
  latencySeconds: 0.2,
}

/** As much as any machine can do, so that no span may be missing. */
const smallLoad: FullLoad = async ({ url, connections, seconds }) => {
  const rate = REQUESTS / seconds
  await arrivals({ url, connections, seconds, rate })
  return rate
}

test('a whole run, small: what arrived of what was due, and who could not run', async () => {
  const [base, ...others] = VARIANTS
  const named = (part: string) => others.filter(({ name }) => name.endsWith(part))
  const broken = { ...base, name: 'broken', args: ['--import', './no-such-file.ts', ...base.args] }
  const doing: string[] = []

  const seen = await runBench([base, ...named('all sampled'), ...named('disabled'), broken], {
    plan: SMALL,
    load: smallLoad,
    cores: undefined,
    progress: (what) => doing.push(what),
  })
  const results = summarize(seen, {
    at: '2026-11-25T19:30:00.000Z',
    quick: false,
    machine: describeMachine(),
    cores: null,
    load: { name: 'arrivals', connections: 4, roundSeconds: 0.2 },
  })

  const [route] = results.routes
  assert.equal(route?.rounds, 2)
  assert.deepEqual(
    route?.variants.map(({ name, requests, spansReceived, spansDue, spansLost }) => {
      return { name, requests, spansReceived, spansDue, spansLost }
    }),
    // The warm-up and two rounds, the base before and after the others; a server span and a client span each.
    [
      { name: base.name, requests: 240, spansReceived: 0, spansDue: 0, spansLost: 0 },
      {
        name: 'throughline: all sampled',
        requests: 120,
        spansReceived: 240,
        spansDue: 240,
        spansLost: 0,
      },
      {
        name: 'throughline: SDK disabled',
        requests: 120,
        spansReceived: 0,
        spansDue: 0,
        spansLost: 0,
      },
    ],
  )
  for (const one of route?.variants ?? []) {
    assert.ok(one.cpuMicros.median > 0, one.name)
    assert.ok(one.latencyMs.p50 > 0 && one.latencyMs.p50 <= one.latencyMs.p999, one.name)
  }
  assert.deepEqual(Results.parse(JSON.parse(JSON.stringify(results))), results)
  assert.match(report(results), /^broken did not run: the server ended with 1: .*no-such-file/ms)
  assert.ok(doing.includes('GET /proxy: round 2 of 2'))
})
