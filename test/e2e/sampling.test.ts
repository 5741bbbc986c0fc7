import assert from 'node:assert/strict'
import { test } from 'node:test'
import { observedApp, requestLines } from './observed-app.ts'

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const PARENT_ID = 'b7ad6b7169203331'
const TRACE_UI_URL = 'https://traces.example/'

test('no line links to a trace that was not sampled, since no UI has it', async (t) => {
  const app = await observedApp(t, { env: { TRACE_UI_URL } })
  const traceparent = `00-${TRACE_ID}-${PARENT_ID}-00`
  const answer = await app.request('/boom', 'quiet', { headers: { traceparent } })
  await app.stop()

  assert.deepEqual(app.spans, [])
  const timing = new RegExp(`^traceparent;desc="00-${TRACE_ID}-([0-9a-f]{16})-00"$`)
  const [, spanId] = timing.exec(answer.headers.get('server-timing') ?? '') ?? []
  const lines = requestLines(app.lines)
  assert.equal(lines.length, 2)
  for (const line of lines) {
    assert.equal(line.correlationId, 'quiet')
    assert.equal(line.trace_id, TRACE_ID)
    assert.equal(line.span_id, spanId)
    assert.equal(line.trace_flags, '00')
    assert.equal('trace_url' in line, false)
  }
})

test('a sampler that takes nothing leaves the ids on the lines', async (t) => {
  const app = await observedApp(t, { env: { TRACE_UI_URL, OTEL_TRACES_SAMPLER: 'always_off' } })
  await app.request('/work', 'quiet')
  await app.stop()
  assert.deepEqual(app.spans, [])
  assert.deepEqual(
    requestLines(app.lines).map((line) => [line.trace_flags, line.trace_url]),
    [
      ['00', undefined],
      ['00', undefined],
      ['00', undefined],
    ],
  )
})

test("a completion line and an error line link to their trace, the caller's own one", async (t) => {
  const app = await observedApp(t, { env: { TRACE_UI_URL } })
  const traceparent = `00-${TRACE_ID}-${PARENT_ID}-01`
  await app.request('/boom', 'loud', { headers: { traceparent } })
  await app.request('/work', 'calm', { headers: { traceparent } })
  await app.stop()

  const linked = app.lines.map(({ msg, trace_url }) => [msg, trace_url])
  const [boom, work] = app.spans.map(({ traceId, spanId, parentSpanId }) => {
    assert.deepEqual([traceId, parentSpanId], [TRACE_ID, PARENT_ID])
    return `https://traces.example/trace/${TRACE_ID}?uiFind=${spanId}`
  })
  assert.deepEqual(linked.slice(2, 7), [
    ['request failed', boom],
    ['request completed', boom],
    ['handling /work', undefined],
    ['done with async work', undefined],
    ['request completed', work],
  ])
})
