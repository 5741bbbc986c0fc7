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

  assert.equal(span?.status.code, 2)
  // Jaeger hands out events by name; its UI puts them into their order.
  const severities = span?.events.map(({ name, attributes }) => [name, attributes['log.severity']])
  assert.deepEqual(Object.fromEntries(severities ?? []), {
    'request failed': 'error',
    exception: undefined,
    'request completed': 'warn',
  })
})

for (const protocol of ['http/json', 'grpc'] as const) {
  test(`traces, metrics and logs are taken over ${protocol}`, { skip }, async (t) => {
    const { app, downstream, request } = await startStack(t, (jaeger) => ({
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? jaeger.grpc : jaeger.otlp,
    }))
    await request('/proxy', 'taken')
    for (const each of [app, downstream]) {
      const { lines } = await each.stop()
      const failing = lines.filter(({ msg }) => msg === 'telemetry export failing')
      assert.deepEqual(failing, [])
    }
  })
}
