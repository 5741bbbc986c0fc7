import { EventEmitter, once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { TestContext } from 'node:test'
import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { CompositePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import { B3Propagator } from '@opentelemetry/propagator-b3'
import {
  type DataPoint,
  DataPointType,
  type Histogram,
  MeterProvider,
  MetricReader,
} from '@opentelemetry/sdk-metrics'
import { type ReadableSpan, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { KNOWN_METHODS } from '../../otel/server-attributes.ts'
import { type ServerTracing, traceServers } from '../../otel/server-spans.ts'
import { listen } from '../../src/listen.ts'
import { PSK_SERVER } from '../e2e/fixtures/psk.ts'

class Reader extends MetricReader {
  override async onShutdown() {}
  override async onForceFlush() {}
}

/** Real servers in this process, traced by a real SDK; the process keeps both to its end. */
export function tracedServers(options: Partial<ServerTracing> = {}) {
  const spans: ReadableSpan[] = []
  const arrivals = new EventEmitter().setMaxListeners(0)
  const collect: SpanProcessor = {
    onStart() {},
    onEnd(span) {
      spans.push(span)
      arrivals.emit('span')
    },
    async forceFlush() {},
    async shutdown() {},
  }
  const reader = new Reader()
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new B3Propagator()] }),
  )
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [collect] }))
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
  traceServers({ metrics: true, knownMethods: KNOWN_METHODS, onUnseenExpress() {}, ...options })

  return {
    spans,
    /** The spans that `fit`, as soon as there are `count`. */
    async spansThat(fit: (span: ReadableSpan) => boolean, count = 1): Promise<ReadableSpan[]> {
      for (;;) {
        const found = spans.filter(fit)
        if (found.length >= count) return found
        await once(arrivals, 'span')
      }
    },
    /** What was measured so far. */
    async durations(): Promise<DataPoint<Histogram>[]> {
      const { resourceMetrics } = await reader.collect()
      return resourceMetrics.scopeMetrics
        .flatMap(({ metrics }) => metrics)
        .filter((metric) => metric.descriptor.name === 'http.server.request.duration')
        .flatMap((metric) =>
          metric.dataPointType === DataPointType.HISTOGRAM ? metric.dataPoints : [],
        )
    },
  }
}

/** A server on a free port of 127.0.0.1 until the test's end. */
export async function serve(t: TestContext, listener: RequestListener, { secure = false } = {}) {
  const server = secure ? createSecureServer(PSK_SERVER, listener) : createServer(listener)
  const port = await listen(server, 0, '127.0.0.1')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { server, port, url: `http://127.0.0.1:${port}` }
}
