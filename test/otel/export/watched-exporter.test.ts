import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { suite, type TestContext, test } from 'node:test'
import { setImmediate as later } from 'node:timers/promises'
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { type ExportResult, ExportResultCode, isTracingSuppressed } from '@opentelemetry/core'
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  type ReadableSpan,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { lists } from '../../../otel/export/batches.ts'
import { dropMeter } from '../../../otel/export/drop-meter.ts'
import { ExportHealth } from '../../../otel/export/export-health.ts'
import { watchExporter } from '../../../otel/export/watched-exporter.ts'
import { getCorrelationId, runWithContext } from '../../../src/throughline/identity/context.ts'

const QUEUE = 20
const BATCH = 5
const REFUSED: ExportResult = { code: ExportResultCode.FAILED, error: new Error('refused') }
const TAKEN: ExportResult = { code: ExportResultCode.SUCCESS }

suite('a batch processor whose exporter is watched', () => {
  test('has one batch in flight at the most, also while every one of them fails', async (t) => {
    const { endSpans, provider, collector, health } = pipeline(t)
    collector.answer = async () => REFUSED

    for (let round = 0; round < 10; round++) {
      endSpans(QUEUE)
      await later()
    }
    await provider.forceFlush()

    assert.equal(collector.mostInFlight, 1)
    assert.equal(health.lost, 200)
    assert.equal(collector.received, 0)
  })

  test('says an outage once and its end once, and spans due = received + lost', async (t) => {
    const { endSpans, provider, collector, health, messages } = pipeline(t)
    let due = 0
    for (const result of [TAKEN, REFUSED, REFUSED, TAKEN, TAKEN]) {
      collector.answer = async () => result
      due += endSpans(17)
      await provider.forceFlush()
    }

    assert.deepEqual(messages, ['telemetry export failing', 'telemetry export recovered'])
    assert.equal(collector.received + health.lost, due)
    assert.equal(health.lost, 34)
  })

  test('counts what a full queue drops, at once and exactly, while the collector hangs', async (t) => {
    const { endSpans, provider, collector, health, messages } = pipeline(t)
    const hanging = Promise.withResolvers<ExportResult>()
    collector.answer = () => hanging.promise
    const flying = once(collector.events, 'export')
    endSpans(BATCH)
    await flying

    const due = BATCH + endSpans(1000)

    assert.deepEqual(messages, ['telemetry export failing'])
    const dropped = health.lost
    assert.ok(dropped >= 1000 - QUEUE && dropped < 1000)
    collector.answer = async () => TAKEN
    hanging.resolve(TAKEN)
    await provider.forceFlush()
    assert.equal(health.lost, dropped)
    assert.equal(collector.received + health.lost, due)
    assert.equal(collector.mostInFlight, 1)
    assert.deepEqual(messages, ['telemetry export failing', 'telemetry export recovered'])
  })

  test('under more load than it can send, it does not write a line for each batch', async (t) => {
    const { endSpans, provider, collector, health, messages } = pipeline(t)
    let due = 0
    collector.answer = async () => {
      // While each batch is on its way, more comes in than fits.
      due += endSpans(due < 5000 ? 100 : 0)
      return TAKEN
    }

    due += endSpans(BATCH)
    while (collector.received + health.lost < due) {
      await provider.forceFlush()
      await later()
    }

    assert.ok(collector.batches > 50)
    assert.equal(collector.received + health.lost, due)
    assert.deepEqual(messages, ['telemetry export failing', 'telemetry export recovered'])
  })

  test('exports outside the request that ended the span, and untraced', async (t) => {
    const { endSpans, provider, collector } = pipeline(t)
    const seen: unknown[] = []
    collector.answer = async () => {
      await later()
      const active = context.active()
      seen.push(getCorrelationId(), trace.getSpan(active), isTracingSuppressed(active))
      return TAKEN
    }

    runWithContext({ correlationId: 'abc-123', startedAt: 0 }, () =>
      provider.getTracer('test').startActiveSpan('server', (span) => {
        endSpans(BATCH - 1)
        span.end()
      }),
    )
    await provider.shutdown()

    assert.deepEqual(seen, [undefined, undefined, true])
  })

  test('sends the last batch before the exporter is shut down', async (t) => {
    const { endSpans, provider, collector } = pipeline(t)
    endSpans(3)

    await provider.shutdown()

    assert.equal(collector.received, 3)
    assert.equal(collector.receivedAfterShutdown, 0)
  })
})

/** An exporter whose collector answers what the test says. */
class Collector {
  readonly events = new EventEmitter()
  answer: () => Promise<ExportResult> = async () => TAKEN
  batches = 0
  received = 0
  receivedAfterShutdown = 0
  mostInFlight = 0
  #inFlight = 0
  #down = false

  async export(spans: ReadableSpan[], done: (result: ExportResult) => void): Promise<void> {
    this.batches++
    this.mostInFlight = Math.max(this.mostInFlight, ++this.#inFlight)
    this.events.emit('export')
    const result = await this.answer()
    this.#inFlight--
    if (result.code === ExportResultCode.SUCCESS) this.received += spans.length
    if (this.#down) this.receivedAfterShutdown += spans.length
    done(result)
  }

  async shutdown(): Promise<void> {
    this.#down = true
  }
}

function pipeline(t: TestContext) {
  const messages: string[] = []
  const about = { signal: 'traces', endpoint: 'http://localhost:4318/v1/traces' }
  const health = new ExportHealth(about, 'spansLost', (_level, _fields, text) => {
    messages.push(text)
  })
  const collector = new Collector()
  const processor = new BatchSpanProcessor({
    exporter: watchExporter(collector, health, lists()),
    selfObsMeterProvider: dropMeter((dropped) => health.lose(dropped, 'queue full')),
    scheduledDelayMillis: 1,
    maxQueueSize: QUEUE,
    maxExportBatchSize: BATCH,
  })
  const provider = new TracerProvider({
    sampler: new AlwaysOnSampler(),
    spanProcessors: [processor],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  t.after(async () => {
    await provider.shutdown()
    context.disable()
  })
  const tracer = provider.getTracer('test')
  // From the root, since an export suppresses spans.
  const endSpans = (count: number) => {
    for (let i = 0; i < count; i++) tracer.startSpan('work', {}, ROOT_CONTEXT).end()
    return count
  }
  return { endSpans, provider, collector, health, messages }
}
