import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Env, REGISTERED, spawnApp, startApp } from './app-process.ts'
import { startGrpcSink } from './grpc-sink.ts'
import { observedApp } from './observed-app.ts'
import { startSink } from './sink.ts'

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

test('the start line says what is kept for cause', async (t) => {
  const kept = async (env: Env) => (await observedApp(t, { env })).lines[0]?.kept
  assert.deepEqual(await kept({ TRACE_KEEP_ERRORS: 'true', TRACE_KEEP_SLOWER_MS: '1000' }), {
    errors: true,
    slowerMs: 1000,
  })
  assert.deepEqual(await kept({ TRACE_KEEP_ERRORS: 'true' }), { errors: true })
  assert.equal(await kept({}), undefined)
  assert.equal(await kept({ TRACE_KEEP_ERRORS: 'true', OTEL_TRACES_EXPORTER: 'none' }), undefined)
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

test('over gRPC to a host and a port, without TLS where that is asked for, with the headers as they are', async (t) => {
  const sink = await startGrpcSink(t)
  const app = await startApp(t, {
    env: {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'GRPC',
      OTEL_EXPORTER_OTLP_ENDPOINT: `127.0.0.1:${sink.port}`,
      OTEL_EXPORTER_OTLP_INSECURE: 'True',
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic abc==,cookie=k=v; w=x',
      OTEL_EXPORTER_OTLP_TIMEOUT: '0',
    },
  })
  await fetch(`${app.url}/echo`)
  const { stderr } = await app.stop()

  const metadata = await sink.first()
  assert.deepEqual(metadata.get('authorization'), ['Basic abc=='])
  assert.deepEqual(metadata.get('cookie'), ['k=v; w=x'])
  assert.deepEqual(app.lines[0]?.traces, {
    protocol: 'grpc',
    endpoint: `http://127.0.0.1:${sink.port}/`,
  })
  assert.equal(stderr, '')
})

test('a query goes along behind the path of the signal, and is not shown', async (t) => {
  const sink = await startSink(t)
  const app = await observedApp(t, {
    sink,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: `${sink.url}/?key=secret` },
  })
  await app.request('/echo')
  const { lines } = await app.stop()

  assert.equal(sink.exports[0]?.path, '/v1/traces?key=secret')
  assert.equal(app.spans.length, 1)
  assert.doesNotMatch(JSON.stringify(lines), /secret/)
})

test('timeouts of 0 are no limit and a delay of 0 is none: spans arrive while the app runs', async (t) => {
  const app = await observedApp(t, {
    env: {
      OTEL_EXPORTER_OTLP_TIMEOUT: '0',
      OTEL_BSP_EXPORT_TIMEOUT: '0',
      OTEL_BSP_SCHEDULE_DELAY: '0',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_METRIC_EXPORT_TIMEOUT: '0',
      OTEL_METRIC_EXPORT_INTERVAL: '100',
    },
  })
  await app.request('/echo')
  await app.sink.waitForSpans((spans) => spans.length > 0)
  await app.sink.until(() => app.sink.exports.some(({ path }) => path === '/v1/metrics'))
  const { lines, stderr } = await app.stop()

  assert.equal(
    lines.some(({ msg }) => msg === 'telemetry export failing'),
    false,
  )
  assert.equal(stderr, '')
})
