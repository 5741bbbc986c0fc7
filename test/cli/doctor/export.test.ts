import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startGrpcSink } from '../../e2e/grpc-sink.ts'
import { runningViewer } from '../../viewer/running-viewer.ts'
import { listen } from '../fake-backend.ts'
import { appFolder } from './app-folder.ts'
import { examined, NOWHERE } from './run-doctor.ts'

test('where nobody takes the spans, the reason stands there, and no trace is looked for', async (t) => {
  const { status, said } = await examined(await appFolder(t))
  assert.equal(status, 1)
  assert.match(
    said('traces'),
    /^wrong \| http\/json to http:\/\/127\.0\.0\.1:9\/v1\/traces: .*ECONNREFUSED.* \| start what takes OTLP/,
  )
  assert.equal(said('trace'), 'note | not looked for, since none was sent')
  assert.match(said('telemetry'), /^ok/)
})

test('a server that answers with a page is no receiver', async (t) => {
  const page = await listen(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>')
  })
  const { status, said } = await examined(await appFolder(t), {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: page },
  })
  assert.equal(status, 1)
  assert.match(said('traces'), /^wrong .*answered 200 with text\/html/)
})

test('gRPC is spoken where it is asked for, and a UI that gets nothing of it lacks the trace', async (t) => {
  const sink = await startGrpcSink(t)
  const { ui } = await runningViewer(t)
  const endpoint = `http://127.0.0.1:${sink.port}`
  const { status, said } = await examined(await appFolder(t), {
    args: ['--ui', ui],
    env: { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
  })
  assert.equal(sink.received.length, 1)
  assert.equal(said('traces'), `ok | grpc to ${endpoint}/: taken`)
  assert.match(said('trace'), /^wrong \| http:.* has no trace \w{32} \| .*--ui or TRACE_UI_URL/)
  assert.equal(status, 1)
})

test('a UI that was named has to be one; what is only the default does not', async (t) => {
  const { otlp } = await runningViewer(t)
  const folder = await appFolder(t)
  const given = { OTEL_EXPORTER_OTLP_ENDPOINT: otlp, TRACE_UI_URL: NOWHERE }
  const named = await examined(folder, { env: given })
  assert.match(named.said('trace'), /^wrong \| nothing answers at http:\/\/127\.0\.0\.1:9/)
  const bad = await examined(folder, { env: { ...given, TRACE_UI_URL: 'nonsense' } })
  assert.match(bad.said('trace'), /^wrong \| TRACE_UI_URL=nonsense: expected a URL/)
})

test('log records are sent too where they are exported, and pino is patched for them', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const { status, said } = await examined(await appFolder(t), {
    args: ['--ui', ui],
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: otlp, OTEL_LOGS_EXPORTER: 'otlp' },
  })
  assert.equal(said('telemetry'), 'ok | on, patches http, express, undici, pino')
  assert.equal(said('logs'), `ok | http/json to ${otlp}/v1/logs: taken`)
  assert.equal(status, 0)
})

test('that traces are lost is no record that gets lost as well', async (t) => {
  const { otlp } = await runningViewer(t)
  const { said } = await examined(await appFolder(t), {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: NOWHERE,
      OTEL_LOGS_EXPORTER: 'otlp',
    },
  })
  assert.match(said('traces'), /^wrong .*ECONNREFUSED/)
  assert.match(said('logs'), /^ok/)
})

test('a sampler that takes a hundredth takes the span of the doctor, and one that takes none is named', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const folder = await appFolder(t)
  const args = ['--ui', ui]
  const few = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.01' }
  const some = await examined(folder, { args, env: { ...few, OTEL_EXPORTER_OTLP_ENDPOINT: otlp } })
  assert.match(some.said('trace'), /^ok/)
  const none = await examined(folder, { args, env: { OTEL_TRACES_SAMPLER: 'always_off' } })
  assert.match(none.said('traces'), /^note .*not tried, since always_off takes none$/)
  assert.equal(none.said('trace'), 'note | not looked for, since none was sent')
})

test('traces that are not exported are wrong', async (t) => {
  const { said } = await examined(await appFolder(t), { env: { OTEL_TRACES_EXPORTER: 'none' } })
  assert.equal(said('traces'), 'wrong | not exported | set OTEL_TRACES_EXPORTER=otlp')
})
