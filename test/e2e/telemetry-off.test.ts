import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from './app-process.ts'
import { observedApp, requestLines } from './observed-app.ts'

test('OTEL_SDK_DISABLED=false leaves telemetry on', async (t) => {
  const app = await observedApp(t, { env: { OTEL_SDK_DISABLED: 'false' } })
  await app.request('/echo')
  await app.stop()
  assert.equal(app.lines[0]?.msg, 'telemetry on')
  assert.equal(app.spans.length, 1)
})

test('the correlation id works alone with telemetry turned off, outbound too', async (t) => {
  const app = await observedApp(t, { env: { OTEL_SDK_DISABLED: 'true' } })
  const answer = await app.request('/proxy', 'solo-1')
  await app.stop()

  assert.equal(answer.body, '{"here":"solo-1","downstreamReceived":"solo-1"}')
  assert.equal(answer.headers.get('x-correlation-id'), 'solo-1')
  assert.equal(answer.headers.get('server-timing'), null)
  assert.deepEqual(app.sink.exports, [])
  assert.equal(app.lines[0]?.msg, 'telemetry off')
  assert.equal(app.lines[0]?.level, 30)
  assert.match(String(app.lines[0]?.reason), /OTEL_SDK_DISABLED/)
  for (const line of requestLines(app.lines)) {
    assert.equal(line.correlationId, 'solo-1')
    assert.equal('trace_id' in line || 'span_id' in line || 'trace_flags' in line, false)
  }
})

test('an app started without its --import says that it makes no spans, and how to start it', async (t) => {
  const app = await startApp(t, { nodeArgs: [] })
  const answer = await fetch(`${app.url}/proxy`, { headers: { 'x-correlation-id': 'solo-2' } })
  assert.equal(await answer.text(), '{"here":"solo-2","downstreamReceived":"solo-2"}')
  const { code } = await app.stop()

  assert.equal(code, 0)
  assert.equal(app.lines[0]?.msg, 'telemetry off')
  assert.equal(app.lines[0]?.level, 40)
  assert.match(String(app.lines[0]?.reason), /--import \.\/otel\/register\.ts/)
})
