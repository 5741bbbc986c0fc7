import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { suite, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { startSink } from '../../../bench/sink/sink.ts'
import { exportInProcess } from '../../otel/export-in-process.ts'

const PROTOCOLS: Record<string, string>[] = [
  { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
  { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' },
  { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' },
  { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf', OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' },
]

suite('the sink', () => {
  for (const env of PROTOCOLS) {
    test(`counts the spans of a real exporter with ${Object.values(env).join(', ')}`, async (t) => {
      const sink = await sinkOf(t)
      const { spans, said } = exportInProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, ...env })
      const { tracer, flush } = spans()
      for (let i = 0; i < 700; i++) {
        const span = tracer.startSpan(`span ${i}`, { attributes: { path: '/echo', i } })
        span.addEvent('an event', { more: [1.5, 2.5] })
        span.end()
      }
      await flush()

      const received = sink.received()
      assert.equal(received.spans, 700)
      assert.equal(received.exports, 2)
      assert.ok(received.bytes > 700)
      assert.deepEqual(said(), [], 'the exporter was content with the answer')
    })
  }

  for (const env of PROTOCOLS) {
    test(`counts log records and metrics as bytes alone, with ${Object.values(env).join(', ')}`, async (t) => {
      const sink = await sinkOf(t)
      const exporting = exportInProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, ...env })
      const logRecords = exporting.logRecords()
      logRecords.logger.emit({ body: 'a line' })
      await logRecords.flush()
      const { meter, flush } = exporting.metrics()
      meter.createCounter('orders').add(1)
      await flush()

      const { spans, bytes, exports } = sink.received()
      assert.deepEqual([spans, exports], [0, 2])
      assert.ok(bytes > 0)
      assert.deepEqual(exporting.said(), [])
    })
  }

  test('counts the spans that a Datadog agent is sent', async (t) => {
    const sink = await sinkOf(t)
    await send(`${sink.url}/v0.4/traces`, TWO_TRACES, { 'Content-Type': 'application/msgpack' })
    assert.deepEqual(sink.received(), { spans: 3, bytes: TWO_TRACES.length, exports: 1 })
  })

  test("counts a Sentry envelope's transaction, the spans in it, and those beside it", async (t) => {
    const sink = await sinkOf(t)
    await send(`${sink.url}/api/1/envelope/?sentry_key=public`, Buffer.from(ENVELOPE))
    assert.equal(sink.received().spans, 6)
  })

  test('counts the bytes as they came over the wire', async (t) => {
    const sink = await sinkOf(t)
    const body = gzipSync(TWO_TRACES)
    await send(`${sink.url}/v0.4/traces`, body, { 'Content-Encoding': 'gzip' })
    assert.deepEqual(sink.received(), { spans: 3, bytes: body.length, exports: 1 })
  })

  test('says what it cannot read', async (t) => {
    const sink = await sinkOf(t)
    const headers = { 'Content-Type': 'application/x-protobuf' }
    await send(`${sink.url}/v1/traces`, Buffer.from('no spans'), headers)
    assert.throws(() => sink.received(), /cannot read what came to \/v1\/traces as application/)
  })

  test('is not quiet while an export is on its way', async (t) => {
    const sink = await sinkOf(t)
    const upload = request(`${sink.url}/v1/logs`, {
      method: 'POST',
      headers: { Expect: '100-continue' },
    })
    upload.flushHeaders()
    await once(upload, 'continue')
    await sink.quiet(5, 20) // nobody waits for ever
    const events: string[] = []
    const quiet = sink.quiet(5).then(() => events.push('quiet'))
    await delay(100)
    events.push('sent')
    upload.end('{}')
    await once(upload, 'response')
    await quiet
    assert.deepEqual(events, ['sent', 'quiet'])
  })
})

async function sinkOf(t: TestContext) {
  const sink = await startSink()
  t.after(() => sink.close())
  return sink
}

async function send(url: string, body: Buffer<ArrayBuffer>, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', body, headers })
  assert.equal(response.status, 200)
  await response.arrayBuffer()
}

// A fixarray of two traces: of two spans, each a map, and of one.
const SPAN = [
  0x82, 0xa1, 0x61, 0xcf, 0, 0, 0, 0, 0, 0, 0, 1, 0xa1, 0x62, 0x81, 0xa1, 0x63, 0x92, 1, 0xc0,
]
const TWO_TRACES = Buffer.from([0x92, 0x92, ...SPAN, ...SPAN, 0xdc, 0, 1, ...SPAN])

const TRANSACTION = JSON.stringify({ type: 'transaction', spans: [{ op: 'a\nb' }, { op: 'c' }] })
const ENVELOPE = [
  '{"sent_at":"2026-11-25T19:00:00Z"}',
  '{"type":"transaction"}',
  TRANSACTION,
  `{"type":"span","length":${JSON.stringify({ items: [1, 2, 3] }).length}}`,
  JSON.stringify({ items: [1, 2, 3] }),
  '{"type":"client_report"}',
  '{"discarded_events":[]}',
  '',
].join('\n')
