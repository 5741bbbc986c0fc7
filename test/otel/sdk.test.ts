import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Env, spawnApp } from '../e2e/app-process.ts'
import { observedApp } from '../e2e/observed-app.ts'

const ALWAYS = ['version', 'diag', 'context', 'propagation']
const NO_TRACES = { OTEL_TRACES_EXPORTER: 'none' }

const PLACES: [Env, string[]][] = [
  [{}, ['trace']],
  [NO_TRACES, []],
  [{ ...NO_TRACES, OTEL_METRICS_EXPORTER: 'otlp' }, ['metrics']],
  [{ ...NO_TRACES, OTEL_LOGS_EXPORTER: 'otlp' }, ['logs']],
  [{ TRACE_LOG_EVENTS: 'true' }, ['trace', 'logs']],
]

for (const [env, providers] of PLACES) {
  test(`only what somebody wants has a provider: ${JSON.stringify(env)}`, async (t) => {
    const { lines } = await spawnApp(t, { entry: 'test/e2e/fixtures/sdk-places.ts', env }).end()
    const { places, recording } = lines[0] ?? {}
    assert.ok(Array.isArray(places))
    assert.deepEqual(places.toSorted(), [...ALWAYS, ...providers].toSorted())
    assert.equal(recording, providers.includes('trace'))
  })
}

test('the SDK says nothing on stdout, and leaves the environment as it was', async (t) => {
  const env = { OTEL_LOG_LEVEL: 'debug', OTEL_LOGS_EXPORTER: 'none' }
  const script = spawnApp(t, { entry: 'test/e2e/fixtures/sdk-places.ts', env })
  const { code, lines, stderr } = await script.end()
  assert.deepEqual([code, lines.length, lines[0]?.env], [0, 1, env])
  assert.match(stderr, /opentelemetry: /)
})

test('a limit of no attributes is kept for log records, and does not make the SDK speak for ever', async (t) => {
  const app = await observedApp(t, {
    env: { OTEL_LOGS_EXPORTER: 'otlp', OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: '0' },
  })
  await app.request('/work', 'abc-123')
  await app.stop()
  const record = app.sink.records.find(({ body }) => body === 'handling /work')
  assert.deepEqual(record?.attributes, {})
})
