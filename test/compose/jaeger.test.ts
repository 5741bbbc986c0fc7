import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { assertTree } from '../e2e/span-tree.ts'
import { withoutJaeger } from '../jaeger/start-jaeger.ts'
import { jaegerTrace } from './jaeger-trace.ts'
import { startStack } from './stack.ts'

const skip = withoutJaeger()

for (const storage of ['memory', 'badger']) {
  test(`jaeger finds nothing wrong with the config for ${storage}`, { skip }, async () => {
    const jaeger = spawn(
      process.env.JAEGER_BIN ?? 'jaeger',
      ['validate', '--config', 'collector-config.yaml'],
      { cwd: fileURLToPath(new URL('../..', import.meta.url)), env: { JAEGER_STORAGE: storage } },
    )
    const [complaint, [code]] = await Promise.all([text(jaeger.stderr), once(jaeger, 'close')])
    assert.equal(code, 0, complaint)
  })
}

test('the trace that a line names is in Jaeger, with both services and all lines', {
  skip,
}, async (t) => {
  const { jaeger, request } = await startStack(t)
  const line = await request('/proxy', 'trace-abc')
  const spans = await jaegerTrace(jaeger.ui, line.trace_id, 3)

  assertTree(
    spans,
    `
GET /proxy (server)
└─ GET (client)
   └─ GET /echo (server)
`,
  )
  const services = spans.map(({ resource }) => resource['service.name'])
  assert.deepEqual(new Set(services), new Set(['throughline', 'downstream']))
  for (const { attributes } of spans) assert.equal(attributes['correlation.id'], 'trace-abc')
  const lines = spans.flatMap(({ name, events }) => events.map((event) => [name, event.name]))
  assert.deepEqual(
    new Set(lines.map(String)),
    new Set(['GET /proxy,request completed', 'GET /echo,request completed']),
  )
})

test('a failed request shows in Jaeger as one, with its lines and its exception', {
  skip,
}, async (t) => {
  const { jaeger, request } = await startStack(t)
  const line = await request('/boom', 'boom-777')
  const [span] = await jaegerTrace(jaeger.ui, line.trace_id, 1)

  assert.deepEqual(span?.status, { code: 2, message: 'downstream exploded' })
  assert.deepEqual(
    span?.events.map(({ name, attributes }) => [name, attributes['log.severity']]),
    [
      ['request failed', 'error'],
      ['exception', undefined],
      ['request completed', 'warn'],
    ],
  )
})

test('traces, metrics and logs are taken over OTLP/HTTP and over gRPC', { skip }, async (t) => {
  const env = { OTEL_LOGS_EXPORTER: 'otlp' }
  const { app, downstream, jaeger, request } = await startStack(t, env)
  await request('/work', 'over-http')
  const grpc = {
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${jaeger.grpc}`,
  }
  const second = await startStack(t, { ...env, ...grpc })
  await second.request('/work', 'over-grpc')

  for (const each of [app, downstream, second.app, second.downstream]) {
    const { lines } = await each.stop()
    assert.deepEqual(
      lines.filter(({ msg }) => msg === 'telemetry export failing'),
      [],
    )
  }
})
