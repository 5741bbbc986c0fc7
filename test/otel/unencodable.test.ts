import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { startSink } from '../e2e/sink.ts'
import { exportInProcess, serveAt } from './export-in-process.ts'

const NOT_A_DATE = { startTime: new Date(Number.NaN) }

test('a span that cannot be encoded is lost alone, with a reason, and the rest of its batch arrives', async (t) => {
  const sink = await startSink(t)
  const { spans, lines, said } = exportInProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url })
  const { end, flush, health } = spans()
  for (let n = 0; n < 50; n++) end(`good ${n}`)
  end('bad', NOT_A_DATE)
  for (let n = 50; n < 100; n++) end(`good ${n}`)
  end('bad', NOT_A_DATE)
  await flush()

  const names = sink.spans.map(({ name }) => name)
  assert.deepEqual(
    names,
    Array.from({ length: 100 }, (_, n) => `good ${n}`),
  )
  assert.deepEqual([health.lost, health.unsent], [2, 0])
  assert.deepEqual(said(), [['telemetry export failing', 2]])
  assert.match(String(lines[0]?.reason), /^cannot be encoded: .*NaN/)

  end('after')
  await flush()
  assert.equal(sink.spans.at(-1)?.name, 'after')
  assert.deepEqual(said().slice(1), [['telemetry export recovered', 2]])
})

test('a batch of nothing else is lost without an attempt to send it', async (t) => {
  const sink = await startSink(t)
  const { spans } = exportInProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url })
  const { end, flush, health } = spans()
  for (let n = 0; n < 3; n++) end('bad', NOT_A_DATE)
  await flush()
  assert.deepEqual([health.lost, health.unsent, sink.exports.length], [3, 0, 0])
})

test('a collector that does not take one part of such a batch is not asked for each of the others', async (t) => {
  const sink = await startSink(t)
  sink.behave('refuse')
  const { spans, said } = exportInProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url })
  const { end, flush, health } = spans()
  for (let n = 0; n < 64; n++) end('good')
  end('bad', NOT_A_DATE)
  await flush()
  assert.deepEqual([health.lost, health.unsent, sink.refused], [65, 0, 1])
  assert.deepEqual(said(), [['telemetry export failing', 65]])
})

test('over protobuf a span without a name costs that span', async (t) => {
  const sink = await startSink(t)
  const { spans, lines } = exportInProcess(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
  })
  const { flush, health, tracer } = spans()
  const span = tracer.startSpan('named')
  Reflect.apply(span.updateName, span, [undefined])
  span.end()
  await flush()
  assert.equal(health.lost, 1)
  assert.match(String(lines[0]?.reason), /^cannot be encoded: /)
})

test('a log record that cannot be encoded is lost alone', async (t) => {
  const sink = await startSink(t)
  const { logRecords, lines } = exportInProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url })
  const { logger, flush, health } = logRecords()
  for (const body of ['one', 'two']) logger.emit({ severityNumber: 9, body })
  logger.emit({ severityNumber: 9, body: 'bad', timestamp: new Date(Number.NaN) })
  logger.emit({ severityNumber: 9, body: 'three' })
  await flush()
  assert.deepEqual(
    sink.records.map(({ body }) => body),
    ['one', 'two', 'three'],
  )
  assert.deepEqual([health.lost, health.unsent], [1, 0])
  assert.match(String(lines[0]?.reason), /^cannot be encoded: /)
})

test('a metric that cannot be encoded costs the others nothing; its interval counts as lost, once', async (t) => {
  const bodies: string[] = []
  const url = await serveAt(t, async (request, response) => {
    bodies.push(await text(request))
    response.end()
  })
  const { metrics, lines } = exportInProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: url })
  const { meter, flush, health } = metrics()
  for (const name of ['one', 'two', 'three']) meter.createCounter(name).add(1)
  for (const name of ['bad', 'worse']) {
    Reflect.apply(meter.createCounter, meter, [name, { description: 1n }]).add(1)
  }
  meter.createCounter('four').add(1)
  await flush()

  const sent = bodies.join()
  for (const name of ['one', 'two', 'three', 'four']) assert.match(sent, new RegExp(`"${name}"`))
  assert.doesNotMatch(sent, /bad|worse/)
  assert.equal(health.lost, 1)
  assert.match(String(lines[0]?.reason), /^cannot be encoded: /)
})
