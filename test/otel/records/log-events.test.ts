import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { observedApp } from '../../e2e/observed-app.ts'

const ON = { TRACE_LOG_EVENTS: 'true' }

test('the lines of a request are events of its span, with their level and fields', async (t) => {
  const app = await observedApp(t, { env: ON })
  await app.request('/work', 'abc-123')
  await app.stop()

  assert.deepEqual(eventsOf(app.spans), [
    ['handling /work', { 'log.severity': 'info' }],
    ['done with async work', { 'log.severity': 'info' }],
    [
      'request completed',
      {
        'log.severity': 'info',
        'req.method': 'GET',
        'req.url': '/work',
        'res.statusCode': 200,
        responseTime: app.lines.find(({ msg }) => msg === 'request completed')?.responseTime,
      },
    ],
  ])
})

test('a failed request shows its line and its exception, and the stack once', async (t) => {
  const app = await observedApp(t, { env: ON })
  await app.request('/boom')
  await app.stop()

  const events = eventsOf(app.spans)
  assert.deepEqual(
    events.map(([name]) => name),
    ['request failed', 'exception', 'request completed'],
  )
  const [failed, exception] = events.map(([, attributes]) => attributes)
  assert.deepEqual(failed, {
    'log.severity': 'error',
    'exception.type': 'Error',
    'exception.message': 'downstream exploded',
  })
  assert.match(String(exception?.['exception.stacktrace']), /boom\.ts/)
})

test('spans have no lines on them unless TRACE_LOG_EVENTS is true', async (t) => {
  const app = await observedApp(t)
  await app.request('/work')
  await app.stop()
  assert.deepEqual(eventsOf(app.spans), [])
})

test('a line that comes after its span has ended is no event, and no warning', async (t) => {
  const app = await observedApp(t, { env: ON, entry: 'test/e2e/fixtures/held-request.ts' })
  const leaving = request(`${app.url}/held`, { method: 'POST' }).on('error', () => {})
  leaving.write('the body goes on')
  await app.waitForLine(({ msg }) => msg === 'holding')
  leaving.destroy()
  await app.waitForLine(({ msg }) => msg === 'request aborted')
  const { lines, stderr } = await app.stop()

  const names = eventsOf(app.spans).map(([name]) => name)
  assert.deepEqual([names[0], names.includes('request aborted')], ['holding', false])
  assert.deepEqual([sdkMessages(lines), stderr], [[], ''])
})

test('records go to a log store whole, though their spans have them too', async (t) => {
  const app = await observedApp(t, { env: { ...ON, OTEL_LOGS_EXPORTER: 'otlp' } })
  await app.request('/boom', 'boom-777')
  await app.stop()

  const record = app.sink.records.find(({ body }) => body === 'request failed')
  assert.equal(record?.attributes.correlationId, 'boom-777')
  assert.match(String(record?.attributes['exception.stacktrace']), /boom\.ts/)
  assert.equal(eventsOf(app.spans)[0]?.[0], 'request failed')
})

test('the limits for spans hold for their lines, the names of the events included', async (t) => {
  const limits = {
    OTEL_SPAN_EVENT_COUNT_LIMIT: '2',
    OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: '1',
    OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '3',
  }
  const app = await observedApp(t, { env: { ...ON, ...limits } })
  await app.request('/work')
  await app.stop()
  assert.deepEqual(eventsOf(app.spans), [
    ['don', { 'log.severity': 'inf' }],
    ['req', { 'log.severity': 'inf' }],
  ])
})

test('a limit that lets no event through makes the SDK say so once a line at the most, not for ever', async (t) => {
  const app = await observedApp(t, { env: { ...ON, OTEL_SPAN_EVENT_COUNT_LIMIT: '0' } })
  const { status } = await app.request('/work')
  const { lines } = await app.stop()
  assert.equal(status, 200)
  const complaints = sdkMessages(lines).filter((msg) => String(msg).includes('No events allowed'))
  assert.ok(complaints.length >= 1 && complaints.length <= 3)
})

function eventsOf(spans: readonly { events: { name: string; attributes: object }[] }[]) {
  return spans.flatMap(({ events }) =>
    events.map(({ name, attributes }): [string, Record<string, unknown>] => [
      name,
      { ...attributes },
    ]),
  )
}

function sdkMessages(lines: readonly Record<string, unknown>[]): unknown[] {
  return lines.map(({ msg }) => msg).filter((msg) => String(msg).startsWith('opentelemetry: '))
}
