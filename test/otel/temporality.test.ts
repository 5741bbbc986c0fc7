import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { exportInProcess, serveAt } from './export-in-process.ts'

const PREFERENCE = 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE'

const SECOND: [string, string][] = [
  ['delta', '"asDouble":2'],
  ['cumulative', '"asDouble":42'],
]

for (const [preference, second] of SECOND) {
  test(`metrics are sent as ${PREFERENCE}=${preference} says`, async (t) => {
    const bodies: string[] = []
    const url = await serveAt(t, async (request, response) => {
      bodies.push(await text(request))
      response.end()
    })
    process.env[PREFERENCE] = preference
    t.after(() => {
      delete process.env[PREFERENCE]
    })
    const { meter, flush } = exportInProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: url }).metrics()

    const counter = meter.createCounter('orders')
    counter.add(40)
    await flush()
    counter.add(2)
    await flush()

    assert.ok(bodies[0]?.includes('"asDouble":40'))
    assert.ok(bodies[1]?.includes(second), String(bodies[1]))
  })
}
