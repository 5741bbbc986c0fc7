import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { startApp } from '../e2e/app-process.ts'
import { listen } from '../listen.ts'
import { tracedBy } from '../traced-answer.ts'
import { startApps } from './apps.ts'
import { withoutTier } from './engines/engines.ts'
import { storedSpans, untilStored } from './stored.ts'
import { startTier } from './tier.ts'

const SLOW_MS = 400
const KEEP_PERCENT = 10
const REST = 400

test('every failed and slow trace, and what an app kept for cause, is kept whole, and a share of the rest', {
  skip: withoutTier(),
}, async (t) => {
  const tier = await startTier(t, {
    sampling: {
      DECISION_WAIT: '2s',
      SLOW_MS: String(SLOW_MS),
      KEEP_PERCENT: String(KEEP_PERCENT),
    },
  })
  const { ui, gateways } = tier
  const { app, downstream } = await startApps(t, tier)
  const toSlow = await startApp(t, {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: gateways[0],
      // Well within the wait, or the downstream's part is decided about alone.
      OTEL_BSP_SCHEDULE_DELAY: '500',
      DOWNSTREAM_URL: await slowWayTo(downstream.url),
    },
  })

  const forCause = await startApp(t, {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: gateways[0],
      OTEL_TRACES_SAMPLER: 'always_off',
      TRACE_KEEP_SLOWER_MS: '10',
    },
  })
  const saying = await startApp(t, {
    entry: 'test/e2e/fixtures/outcomes.ts',
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: gateways[1], TRACE_KEEP_ERRORS: 'true' },
  })

  // Half of each of these comes in by the one gateway, half by the other.
  const rest = await traces(`${app.url}/proxy`, REST)
  const failed = await traces(`${app.url}/boom`, 20)
  const slow = await traces(`${toSlow.url}/proxy`, 20)
  const ofTheApp = await traces(`${forCause.url}/work`, 20)
  const onlySaid = await traces(`${saying.url}/outcome/says/none`, 20)
  await untilStored(ui, failed, 1)
  await untilStored(ui, slow, 3)
  await untilStored(ui, ofTheApp, 1)
  await untilStored(ui, onlySaid, 1)

  const kept: string[] = []
  for (const id of rest) if (await isKept(id)) kept.push(id)
  // More than four standard deviations to either side.
  const share = (kept.length / REST) * 100
  assert.ok(Math.abs(share - KEEP_PERCENT) < 7, `${share} % were kept`)

  await t.test('a sampled flag on a line is no promise of a kept trace', async () => {
    const dropped = rest.find((id) => !kept.includes(id))
    const line = await app.waitForLine(
      ({ trace_id, trace_url }) => trace_id === dropped && trace_url !== undefined,
    )
    assert.equal(line.trace_flags, '01')
  })

  /** Whether the store has all of a trace, or nothing; part of it may be on its way. */
  async function isKept(id: string): Promise<boolean> {
    for (;;) {
      const { size } = await storedSpans(ui, id)
      if (size === 0 || size === 3) return size === 3
      await setTimeout(100)
    }
  }

  /** What takes long between two services: neither a failure nor slow for the second, so that its part alone says nothing. */
  async function slowWayTo(url: string): Promise<string> {
    const server = createServer(async (req, res) => {
      await setTimeout(SLOW_MS + 100)
      const { traceparent = '' } = req.headers
      const answer = await fetch(`${url}/echo`, { headers: { traceparent: String(traceparent) } })
      res.setHeader('content-type', 'application/json').end(await answer.text())
    })
    const port = await listen(server)
    t.after(() => server.close())
    return `http://127.0.0.1:${port}/echo`
  }
})

/** Sends so many requests, some at once, and gives the id of each one's trace. */
async function traces(url: string, count: number): Promise<string[]> {
  const ids: string[] = []
  let left = count
  const lane = async () => {
    while (left-- > 0) {
      const response = await fetch(url)
      await response.text()
      ids.push(tracedBy(response))
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  return ids
}
