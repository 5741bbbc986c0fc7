import type { RequestListener } from 'node:http'
import type { TestContext } from 'node:test'
import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { correlationSpans } from '../../otel/records/correlation-spans.ts'

/** A real SDK whose ended spans stay in memory, until the test's end. */
export function traceInProcess(t: TestContext, { sampled = true } = {}) {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({
    sampler: sampled ? new AlwaysOnSampler() : new AlwaysOffSampler(),
    spanProcessors: [correlationSpans, new SimpleSpanProcessor({ exporter })],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(provider)
  t.after(() => {
    trace.disable()
    context.disable()
  })
  const tracer = provider.getTracer('test')
  /** A server span around each request, as the http instrumentation makes it. */
  const around =
    (app: RequestListener): RequestListener =>
    (req, res) =>
      tracer.startActiveSpan('server', (span) => {
        res.on('close', () => span.end())
        app(req, res)
      })
  return { tracer, around, spans: () => exporter.getFinishedSpans() }
}
