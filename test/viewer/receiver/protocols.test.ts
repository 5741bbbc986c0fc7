import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs'
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { logRecordExporter, metricExporter, spanExporter } from '../../../otel/export/exporters.ts'
import { destinationOf, type Signal } from '../../../otel/settings/destination.ts'
import { otelVariables } from '../../../otel/settings/variables.ts'
import { parseEnvironment } from '../../../src/throughline/settings/environment.ts'
import { runningViewer } from '../running-viewer.ts'

const PROTOCOLS = ['http/json', 'http/protobuf', 'grpc']
const COMPRESSIONS = ['none', 'gzip']

test('the same traces and lines are the same, whichever protocol they came by', async (t) => {
  const { spans, records, traceId } = await traffic()
  const seen: string[][] = []
  for (const protocol of PROTOCOLS)
    for (const compression of COMPRESSIONS) {
      const { ui, to } = await viewerFor(t, protocol, compression)
      const exporter = spanExporter(to('traces'))
      const logExporter = logRecordExporter(to('logs'))
      await taken((done) => exporter.export(spans, done))
      await taken((done) => logExporter.export(records, done))
      await Promise.all([exporter.shutdown(), logExporter.shutdown()])
      const paths = [
        `/api/v3/traces/${traceId}`,
        `/api/logs?traceId=${traceId}`,
        `/trace/${traceId}/otlp.json`,
        `/trace/${traceId}`,
      ]
      seen.push(await Promise.all(paths.map(async (path) => (await fetch(ui + path)).text())))
    }
  const [json = [], ...others] = seen
  assert.match(json.join(), /exploded.*a line of it/s)
  for (const other of others) assert.deepEqual(other, json)
})

for (const protocol of PROTOCOLS)
  test(`metrics by ${protocol} are taken and let go`, async (t) => {
    const { to } = await viewerFor(t, protocol)
    const exporter = metricExporter(to('metrics'))
    t.after(() => exporter.shutdown())
    const resource = resourceFromAttributes({})
    await taken((done) => exporter.export({ resource, scopeMetrics: [] }, done))
  })

async function viewerFor(t: TestContext, protocol: string, compression = 'none') {
  const { ui, otlp, grpc } = await runningViewer(t, { grpc: { port: 0, needed: true } })
  const to = (signal: Signal) =>
    destinationOf(
      signal,
      parseEnvironment(otelVariables, {
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_COMPRESSION: compression,
        OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? grpc : otlp,
      }),
    )
  return { ui, to }
}

async function taken(send: (done: (result: ExportResult) => void) => void): Promise<void> {
  const { code, error } = await new Promise<ExportResult>((resolve) => send(resolve))
  assert.equal(code, ExportResultCode.SUCCESS, error)
}

/** Two spans and a line that have each kind of value. */
async function traffic() {
  const resource = resourceFromAttributes({ 'service.name': 'shop', 'process.pid': 7 })
  const spans = new InMemorySpanExporter()
  const tracers = new TracerProvider({
    resource,
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new SimpleSpanProcessor({ exporter: spans })],
  })
  const tracer = tracers.getTracer('test', '1.2.3')
  const plain = {
    text: 'ä€😀',
    empty: '',
    yes: true,
    no: false,
    zero: 0,
    negative: -1,
    large: Number.MAX_SAFE_INTEGER,
    small: Number.MIN_SAFE_INTEGER,
    half: -0.5,
    list: ['a', 'b'],
    counts: [1, 2.5],
    none: [],
  }
  // The official exporter has no JSON for it in log records.
  const attributes = { ...plain, endless: Number.POSITIVE_INFINITY }
  const parent = tracer.startSpan('GET /work', { kind: SpanKind.SERVER, attributes }, ROOT_CONTEXT)
  const context = trace.setSpan(ROOT_CONTEXT, parent)
  const links = [{ context: parent.spanContext(), attributes: { why: 'followed' } }]
  const child = tracer.startSpan('child', { kind: SpanKind.CLIENT, links }, context)
  child.addEvent('tried', { attempt: 2 })
  child.recordException(new Error('downstream exploded'))
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'downstream exploded' })
  child.end()
  parent.end()
  const records = new InMemoryLogRecordExporter()
  const loggers = new LoggerProvider({
    resource,
    processors: [new SimpleLogRecordProcessor({ exporter: records })],
  })
  loggers.getLogger('test').emit({
    body: { text: 'a line of it', inner: { list: [1, null] } },
    severityNumber: 9,
    severityText: 'INFO',
    attributes: plain,
    context,
  })
  await Promise.all([tracers.forceFlush(), loggers.forceFlush()])
  return {
    spans: spans.getFinishedSpans(),
    records: records.getFinishedLogRecords(),
    traceId: parent.spanContext().traceId,
  }
}
