import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identitiesOf, observedApp, requestLines } from './observed-app.ts'
import { assertTree } from './span-tree.ts'

test('every line, header and span of a request names the same trace and the same id', async (t) => {
  const app = await observedApp(t)
  const answer = await app.request('/work', 'abc-123')
  await app.stop()

  assert.equal(answer.body, '{"ok":true,"correlationId":"abc-123"}')
  assertTree(
    app.spans,
    `
GET /work (server)
`,
  )
  const [span] = app.spans
  assert.equal(span?.attributes['correlation.id'], 'abc-123')
  assert.equal(span.attributes['http.route'], '/work')
  assert.equal(answer.headers.get('x-correlation-id'), 'abc-123')
  assert.equal(
    answer.headers.get('server-timing'),
    `traceparent;desc="00-${span.traceId}-${span.spanId}-01"`,
  )
  const lines = requestLines(app.lines)
  assert.deepEqual(
    lines.map(({ msg }) => msg),
    ['handling /work', 'done with async work', 'request completed'],
  )
  for (const line of lines) {
    assert.deepEqual(identitiesOf(line), ['abc-123', span.traceId, span.spanId, '01'])
  }
})

test('a failed request is found by its one error line and by its ERROR span', async (t) => {
  const app = await observedApp(t)
  const answer = await app.request('/boom', 'boom-777')
  await app.stop()

  assert.equal(answer.status, 500)
  assert.equal(answer.body, '{"error":"internal","correlationId":"boom-777"}')
  assertTree(
    app.spans,
    `
GET /boom (server) ERROR
`,
  )
  const [span] = app.spans
  assert.deepEqual(
    span?.events.map(({ name }) => name),
    ['exception'],
  )
  assert.match(String(span.events[0]?.attributes['exception.stacktrace']), /boom\.ts:\d+/)
  const failed = app.lines.filter(({ level }) => level === 50)
  assert.deepEqual(
    failed.map(({ msg }) => msg),
    ['request failed'],
  )
  assert.match(JSON.stringify(failed), /downstream exploded.*boom\.ts:\d+/)
  assert.equal(app.lines.filter((line) => 'err' in line).length, 1)
  for (const line of requestLines(app.lines)) {
    assert.deepEqual(identitiesOf(line), ['boom-777', span.traceId, span.spanId, '01'])
  }
})

test('one id and one trace span both services of a call', async (t) => {
  const downstream = await observedApp(t, { env: { OTEL_SERVICE_NAME: 'stock' } })
  const app = await observedApp(t, { env: { DOWNSTREAM_URL: `${downstream.url}/echo` } })
  const answer = await app.request('/proxy', 'trace-abc')
  await Promise.all([app.stop(), downstream.stop()])

  assert.equal(answer.body, '{"here":"trace-abc","downstreamReceived":"trace-abc"}')
  const spans = [...app.spans, ...downstream.spans]
  assertTree(
    spans,
    `
GET /proxy (server)
└─ GET (client)
   └─ GET /echo (server)
`,
  )
  assert.deepEqual(new Set(spans.map(({ traceId }) => traceId)).size, 1)
  assert.deepEqual(
    spans.map(({ attributes }) => attributes['correlation.id']),
    ['trace-abc', 'trace-abc', 'trace-abc'],
  )
  const [there] = downstream.spans
  assert.equal(there?.resource['service.name'], 'stock')
  assert.deepEqual(
    requestLines(downstream.lines).map((line) => identitiesOf(line)),
    [['trace-abc', there.traceId, there.spanId, '01']],
  )
})
