import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Line } from './app-process.ts'
import { identitiesOf, observedApp, requestLines } from './observed-app.ts'

const ENTRY = 'test/e2e/fixtures/debug-lines.ts'
const HELD = { LOG_LEVEL: 'info', LOG_LEVEL_ON_FAILURE: 'debug' }
const STORY = ['looking', 'in the stock', 'about to answer']

test('at LOG_LEVEL=info a request that fails has its debug lines, and one that ends well has none', async (t) => {
  const app = await observedApp(t, { entry: ENTRY, env: HELD })
  for (const how of ['well', 'throws', 'answers']) await app.request(`/look/${how}`, how)
  await app.request('/boom', 'boom-777')
  await app.stop()

  const said = (id: string) => app.lines.filter(({ correlationId }) => correlationId === id)
  assert.deepEqual(messages(said('well')), ['request completed'])
  assert.deepEqual(messages(said('answers')), [...STORY, 'request completed'])
  assert.deepEqual(messages(said('boom-777')), ['request failed', 'request completed'])
  const failed = said('throws')
  assert.deepEqual(messages(failed), [...STORY, 'request failed', 'request completed'])

  const [looking, inStock, answering] = failed
  assert.deepEqual(
    failed.map(({ level }) => level),
    [20, 20, 20, 50, 40],
  )
  const times = failed.map(({ time }) => Number(time))
  assert.deepEqual(times, times.toSorted())
  assert.ok((times[1] ?? 0) - (times[0] ?? 0) >= 19)
  assert.deepEqual(looking?.order, { item: 'tea', card: '4711' })
  assert.equal(inStock?.module, 'stock')
  assert.deepEqual(answering?.req, { method: 'GET', url: '/look/throws' })

  const spans = app.spans.filter(({ traceId }) => traceId === looking?.trace_id)
  const spanId = (name: string) => spans.find((span) => span.name === name)?.spanId
  const server = ['throws', looking?.trace_id, spanId('GET /look/:how'), '01']
  const stock = ['throws', looking?.trace_id, spanId('stock'), '01']
  assert.deepEqual(failed.map(identitiesOf), [server, stock, server, server, server])
})

test('with telemetry off they are the same, with the correlation id', async (t) => {
  const app = await observedApp(t, { entry: ENTRY, env: HELD, nodeArgs: [] })
  for (const how of ['well', 'throws']) await app.request(`/look/${how}`, how)
  await app.stop()

  assert.deepEqual(
    requestLines(app.lines).map(({ msg, correlationId }) => [msg, correlationId]),
    [
      ['request completed', 'well'],
      ...[...STORY, 'request failed', 'request completed'].map((msg) => [msg, 'throws']),
    ],
  )
})

test('a crash has the lines of its request', async (t) => {
  const app = await observedApp(t, { entry: ENTRY, env: HELD })
  await assert.rejects(app.request('/look/crashes', 'crash-1'))
  await app.end()

  const said = messages(requestLines(app.lines))
  assert.deepEqual(said.slice(0, 3), STORY)
  assert.equal(requestLines(app.lines)[3]?.level, 60)
})

test('as log records they have their own time, level and span', async (t) => {
  const app = await observedApp(t, { entry: ENTRY, env: { ...HELD, OTEL_LOGS_EXPORTER: 'otlp' } })
  for (const how of ['well', 'throws']) await app.request(`/look/${how}`, how)
  await app.stop()

  const lines = requestLines(app.lines)
  const records = app.sink.records.filter(({ traceId }) => traceId)
  assert.deepEqual(
    records.map(({ body, spanId, timeUnixNano }) => [body, spanId, timeUnixNano]),
    lines.map(({ msg, span_id, time }) => [msg, span_id, time]),
  )
  assert.deepEqual(
    records.map(({ severityNumber }) => severityNumber),
    [9, 5, 5, 5, 17, 13],
  )
})

test('as events they stand on their spans at the time that they were logged, never before its start', async (t) => {
  const app = await observedApp(t, { entry: ENTRY, env: { ...HELD, TRACE_LOG_EVENTS: 'true' } })
  await app.request('/look/throws')
  await app.stop()

  const lines = requestLines(app.lines)
  const server = app.spans.find(({ kind }) => kind === 'server')
  const events = (server?.events ?? []).filter(({ name }) => name !== 'exception')
  assert.deepEqual(
    events.map(({ name, attributes }) => [name, attributes['log.severity']]),
    [
      ['looking', 'debug'],
      ['about to answer', 'debug'],
      ['request failed', 'error'],
      ['request completed', 'warn'],
    ],
  )
  const [looking, answering] = events
  assert.ok((answering?.timeUnixNano ?? 0) - (looking?.timeUnixNano ?? 0) >= 19)
  assert.equal(answering?.timeUnixNano, lines.find(({ msg }) => msg === answering?.name)?.time)
})

function messages(lines: readonly Line[]): unknown[] {
  return lines.map(({ msg }) => msg)
}
