import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Line } from './app-process.ts'
import { observedApp } from './observed-app.ts'
import type { Behaviour } from './sink.ts'

/** A refusal shows at once, and a hanging collector after this time. */
const QUICK = { OTEL_EXPORTER_OTLP_TIMEOUT: '500', OTEL_BSP_SCHEDULE_DELAY: '20' }

const DOWN: Behaviour[] = ['refuse', 503, 'hang']
for (const behaviour of DOWN) {
  test(`a collector that is down (${behaviour}) is said once, and again with the count at the end`, async (t) => {
    const app = await observedApp(t, { env: QUICK })
    app.sink.behave(behaviour)
    const attempts = () => app.sink.refused + app.sink.exports.length
    for (let i = 0; i < 3; i++) {
      const before = attempts()
      assert.equal((await app.request('/echo', `down-${i}`)).status, 200)
      await app.sink.until(() => attempts() > before)
    }
    const { code, stderr } = await app.stop()

    assert.equal(code, 0)
    assert.equal(stderr, '')
    const said = exportLines(app.lines)
    assert.deepEqual(
      said.map(({ msg, level, spansLost }) => [msg, level, spansLost]),
      [
        ['telemetry export failing', 40, 1],
        ['telemetry export failing', 40, 3],
      ],
    )
    for (const line of said) {
      assert.equal(line.signal, 'traces')
      assert.equal(line.endpoint, `${app.sink.url}/v1/traces`)
      assert.match(String(line.reason), /\S/)
      assertNoRequest(line)
    }
    assert.equal(app.lines.length, 3 + 3 + said.length, 'start, requests, shutdown, and no more')
  })
}

test('without any collector the app answers, and says where it looked for one', async (t) => {
  const endpoint = 'http://localhost:1' // nobody listens there
  const app = await observedApp(t, { env: { ...QUICK, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } })
  assert.equal((await app.request('/work')).status, 200)
  const failing = await app.waitForLine(({ msg }) => msg === 'telemetry export failing')
  assert.equal(failing.endpoint, `${endpoint}/v1/traces`)
  assert.match(String(failing.reason), /ECONNREFUSED/)
  assert.equal((await app.stop()).code, 0)
  assert.equal(exportLines(app.lines).length, 2)
})

test('spans that the collector takes only in part count as lost', async (t) => {
  const app = await observedApp(t, { env: QUICK })
  app.sink.behave('partialSuccess')
  await app.request('/proxy', 'abc')
  const failing = await app.waitForLine(({ msg }) => msg === 'telemetry export failing')
  assert.match(String(failing.reason), /one too many/)
  app.sink.behave('ok')
  await app.request('/echo')
  await app.waitForLine(({ msg }) => msg === 'telemetry export recovered')
  await app.stop()

  const said = exportLines(app.lines)
  assert.equal(said.at(-1)?.msg, 'telemetry export recovered')
  assert.equal(app.spans.length + Number(said.at(-1)?.spansLost), 4)
  for (const line of said) assertNoRequest(line)
  assert.equal(said.length, 2)
})

test('a full queue is an outage at the first span dropped, long before the export has failed', async (t) => {
  const app = await observedApp(t, {
    entry: 'test/e2e/fixtures/span-source.ts',
    env: {
      OTEL_BSP_SCHEDULE_DELAY: '20',
      OTEL_BSP_MAX_QUEUE_SIZE: '64',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '64',
      SHUTDOWN_TIMEOUT_MS: '1000',
    },
  })
  app.sink.behave('hang')
  await app.request('/start')
  const failing = await app.waitForLine(({ msg }) => msg === 'telemetry export failing')
  assert.equal(failing.reason, 'queue full')
  assert.equal(failing.spansLost, 1)
  const { made } = JSON.parse((await app.request('/stop')).body)
  await app.stop()
  const said = exportLines(app.lines)
  assert.equal(said.length, 2)
  assert.equal(said[1]?.spansLost, made + 2)
})

test('through an outage at a thousand spans a second no span is lost without being counted', async (t) => {
  const app = await observedApp(t, {
    entry: 'test/e2e/fixtures/span-source.ts',
    env: {
      OTEL_EXPORTER_OTLP_TIMEOUT: '900',
      OTEL_BSP_SCHEDULE_DELAY: '20',
      OTEL_BSP_MAX_QUEUE_SIZE: '512',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '128',
    },
  })
  const { sink } = app
  await app.request('/start', 'a-request')
  await sink.waitForSpans(({ length }) => length > 500)
  sink.behave('refuse')
  await app.waitForLine(({ msg }) => msg === 'telemetry export failing')
  await sink.until(() => sink.refused > 5)
  const heard = sink.exports.length
  sink.behave('hang')
  await sink.until(() => sink.exports.length >= heard + 3)
  sink.behave('ok')
  await app.waitForLine(({ msg }) => msg === 'telemetry export recovered')
  const { made } = JSON.parse((await app.request('/stop')).body)
  assert.equal((await app.stop()).code, 0)

  const said = exportLines(app.lines)
  assert.deepEqual(
    said.slice(0, 2).map(({ msg }) => msg),
    ['telemetry export failing', 'telemetry export recovered'],
  )
  for (const line of said) assertNoRequest(line)
  const due = made + 2 // the server spans of /start and /stop
  const lost = Number(said.at(-1)?.spansLost)
  assert.ok(lost > 0)
  assert.equal(sink.spans.length + lost, due)
  assert.equal(new Set(sink.spans.map(({ spanId }) => spanId)).size, sink.spans.length)
  assert.equal(sink.maxInFlight, 1)
  // The timer of the batch processor was started in a request; the collector must not hear of it.
  for (const { headers } of sink.exports) {
    assert.equal(headers['x-correlation-id'], undefined)
    assert.equal(headers.traceparent, undefined)
  }
})

/** What is said of export, by us or by the SDK itself. */
function exportLines(lines: readonly Line[]): Line[] {
  return lines.filter(({ msg }) => /^(telemetry export|opentelemetry:)/.test(String(msg)))
}

function assertNoRequest(line: Line): void {
  for (const key of ['correlationId', 'trace_id', 'span_id', 'trace_flags', 'trace_url', 'req']) {
    assert.equal(key in line, false, `${key} on ${line.msg}`)
  }
}
