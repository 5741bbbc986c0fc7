import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runPivot } from '../cli/run-pivot.ts'
import { jaegerTrace } from '../compose/jaeger-trace.ts'
import { startApps } from './apps.ts'
import { withoutTier } from './engines/engines.ts'
import { startTier } from './tier.ts'

for (const store of ['cassandra', 'opensearch'] as const) {
  test(`a line of the app leads to its trace past gateways, samplers, Kafka and ${store}`, {
    skip: withoutTier(store),
  }, async (t) => {
    const tier = await startTier(t, {
      store,
      sampling: { DECISION_WAIT: '1s', KEEP_PERCENT: '100' },
    })
    const { ui } = tier
    const { app } = await startApps(t, tier)
    await fetch(`${app.url}/proxy`, { headers: { 'x-correlation-id': 'trace-abc' } })
    const line = await app.waitForLine(({ msg }) => msg === 'request completed')
    assert.equal(line.trace_url, `${ui}/trace/${line.trace_id}?uiFind=${line.span_id}`)
    await jaegerTrace(ui, line.trace_id, 3)

    for (const text of [JSON.stringify(line), 'trace-abc']) {
      const { status, stdout } = await runPivot([text, '--ui', ui])
      assert.equal(status, 0)
      assert.match(stdout, /GET \/proxy 200 {2}throughline/)
      assert.match(stdout, /GET \/echo 200 {2}downstream/)
    }
  })
}
