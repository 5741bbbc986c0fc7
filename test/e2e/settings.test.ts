import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REGISTERED, spawnApp } from './app-process.ts'
import { observedApp } from './observed-app.ts'

test('headers arrive as vendors write them: with padding, with spaces, with a comma at the end', async (t) => {
  const app = await observedApp(t, {
    env: {
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic abc==,a=b%20c, api-key = x=y ,tenant=one,',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'Tenant=two,cookie=k=v; w=%25',
      OTEL_RESOURCE_ATTRIBUTES: 'team=a b,,query=x=1,',
    },
  })
  await app.request('/echo')
  const { stderr } = await app.stop()

  const { authorization, a, 'api-key': key, tenant, cookie } = app.sink.exports[0]?.headers ?? {}
  assert.deepEqual(
    { authorization, a, key, tenant, cookie },
    { authorization: 'Basic abc==', a: 'b c', key: 'x=y', tenant: 'two', cookie: 'k=v; w=%' },
  )
  assert.equal(app.spans[0]?.resource.team, 'a b')
  assert.equal(app.spans[0]?.resource.query, 'x=1')
  assert.equal(stderr, '')
})

test('names are taken in any case, also where the SDK reads the environment itself', async (t) => {
  const app = await observedApp(t, {
    env: {
      LOG_LEVEL: 'INFO',
      OTEL_LOG_LEVEL: 'WARN',
      OTEL_TRACES_EXPORTER: 'OTLP',
      OTEL_TRACES_SAMPLER: 'Always_On',
      OTEL_PROPAGATORS: 'TraceContext',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'HTTP/JSON',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'GZIP',
    },
  })
  await app.request('/echo')
  const { stderr } = await app.stop()

  assert.equal(app.sink.exports[0]?.headers['content-encoding'], 'gzip')
  assert.equal(app.spans[0]?.name, 'GET /echo')
  assert.equal(stderr, '')
})

test('OTEL_SDK_DISABLED=true starts beside whatever else is bad, and values without a use stop nothing', async (t) => {
  const bad = { OTEL_METRIC_EXPORT_INTERVAL: 'x', OTEL_TRACES_SAMPLER_ARG: '10%' }
  const off = await observedApp(t, {
    env: { ...bad, OTEL_SDK_DISABLED: 'true', OTEL_TRACES_SAMPLER: 'x', TRACE_LOG_EVENTS: 'x' },
  })
  const on = await observedApp(t, { env: bad })

  assert.equal(off.lines[0]?.msg, 'telemetry off')
  assert.equal(on.lines[0]?.msg, 'telemetry on')
})

test('loaded into another app, telemetry leaves the variables to it that are its own', async (t) => {
  const app = spawnApp(t, {
    nodeArgs: [...REGISTERED, '--eval'],
    entry: `console.log('{"msg":"started"}')`,
    env: {
      PORT: '/run/shop.sock',
      LOG_LEVEL: 'verbose',
      DOWNSTREAM_URL: 'stock:3000',
      TRACE_UI_URL: 'traces',
      SHUTDOWN_TIMEOUT_MS: 'soon',
      SHUTDOWN_DRAIN_MS: 'soon',
    },
  })
  assert.deepEqual(await app.end(), { code: 0, lines: [{ msg: 'started' }], stderr: '' })
})
