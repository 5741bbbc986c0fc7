import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { diag, SpanStatusCode } from '@opentelemetry/api'
import { rawConnection } from './raw-request.ts'
import { startApp } from './start-app.ts'
import { traceInProcess } from './trace-in-process.ts'

const UI = 'http://localhost:16686'

test('an answer and all its lines lead to the trace, and the trace leads back to the lines', async (t) => {
  const { around, spans } = traceInProcess(t)
  const { url, lines, waitForLine } = await startApp(t, { around, traceUiUrl: UI })

  const answer = await fetch(`${url}/boom`, { headers: { 'x-correlation-id': 'boom-777' } })
  await waitForLine('request completed')

  const [span] = spans()
  const { traceId = '', spanId = '' } = span?.spanContext() ?? {}
  assert.equal(answer.headers.get('server-timing'), `traceparent;desc="00-${traceId}-${spanId}-01"`)
  assert.deepEqual(
    lines.map((line) => [line.msg, line.trace_id, line.span_id, line.trace_flags, line.trace_url]),
    ['request failed', 'request completed'].map((msg) => [
      msg,
      traceId,
      spanId,
      '01',
      `${UI}/trace/${traceId}?uiFind=${spanId}`,
    ]),
  )
  assert.equal(span?.attributes['correlation.id'], 'boom-777')
  assert.equal(span?.status.code, SpanStatusCode.ERROR)
  assert.deepEqual(
    span?.events.map(({ name }) => name),
    ['exception'],
  )
})

test('a trace that was not sampled is in the header, and no line links to it', async (t) => {
  const { around } = traceInProcess(t, { sampled: false })
  const { url, waitForLine } = await startApp(t, { around, traceUiUrl: UI })

  const answer = await fetch(`${url}/boom`)

  assert.match(answer.headers.get('server-timing') ?? '', /^traceparent;desc="00-[^"]+-00"$/)
  for (const message of ['request failed', 'request completed']) {
    const line = await waitForLine(message)
    assert.equal(line.trace_flags, '00')
    assert.ok(!('trace_url' in line))
  }
})

test('without tracing an answer has no Server-Timing, and no line a trace', async (t) => {
  const { url, waitForLine } = await startApp(t, { traceUiUrl: UI })

  const answer = await fetch(`${url}/boom`)

  assert.equal(answer.headers.get('server-timing'), null)
  assert.doesNotMatch(JSON.stringify(await waitForLine('request completed')), /trace_/)
})

test('the completion line of a client that left still leads to its trace', async (t) => {
  const { around, spans } = traceInProcess(t)
  const { url, waitForLine, server } = await startApp(t, { around, routes: () => [() => {}] })
  const asked = once(server, 'request')
  const socket = await rawConnection(url)
  socket.write('GET /slow HTTP/1.1\r\nHost: x\r\nx-correlation-id: left-1\r\n\r\n')
  await asked
  socket.destroy()

  const aborted = await waitForLine('request aborted')

  assert.equal(aborted.correlationId, 'left-1')
  assert.equal(aborted.trace_id, spans()[0]?.spanContext().traceId)
  assert.equal(aborted.span_id, spans()[0]?.spanContext().spanId)
})

test('a client that is too slow over its body leaves a refusal that leads to its trace', async (t) => {
  const { around, spans } = traceInProcess(t)
  const { url, waitForLine } = await startApp(t, {
    around,
    limits: { headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 10 },
  })

  const socket = await rawConnection(url)
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nx-correlation-id: slow-1\r\n')
  socket.write('Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{')
  const refused = await waitForLine('request refused')
  await waitForLine('request aborted')

  assert.equal(refused.status, 408)
  assert.equal(refused.correlationId, 'slow-1')
  assert.equal(refused.span_id, spans()[0]?.spanContext().spanId)
})

test('an error that comes after the client left is a line, and no warning of the SDK about its ended span', async (t) => {
  const warned = t.mock.fn()
  const ignored = () => {}
  diag.setLogger({ error: warned, warn: warned, info: ignored, debug: ignored, verbose: ignored })
  t.after(() => diag.disable())
  const { around } = traceInProcess(t)
  const { url, waitForLine, server } = await startApp(t, {
    around,
    routes: () => [
      (_req, res, next) => {
        res.on('close', () => setImmediate(() => next(new Error('too late'))))
      },
    ],
  })
  const asked = once(server, 'request')
  const socket = await rawConnection(url)
  socket.write('GET /slow HTTP/1.1\r\nHost: x\r\nx-correlation-id: left-1\r\n\r\n')
  await asked
  socket.destroy()

  const failed = await waitForLine('request failed')

  assert.equal(failed.correlationId, 'left-1')
  assert.deepEqual(
    warned.mock.calls.map(({ arguments: [message] }) => message),
    [],
  )
})

test('a refused request is no failure of its span', async (t) => {
  const { around, spans } = traceInProcess(t)
  const { url, waitForLine } = await startApp(t, { around })

  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })
  await waitForLine('request completed')

  assert.equal(spans()[0]?.status.code, SpanStatusCode.UNSET)
  assert.deepEqual(spans()[0]?.events, [])
})
