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
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { KNOWN_METHODS } from '../../otel/server/server-attributes.ts'
import { type ServerTracing, traceServers } from '../../otel/server/server-spans.ts'
import { PSK_SERVER } from '../e2e/fixtures/psk.ts'
import { listen } from '../listen.ts'
import { collectedSpans } from './collected-spans.ts'

class Reader extends MetricReader {
  override async onShutdown() {}
  override async onForceFlush() {}
}

/** Real servers in this process, traced by a real SDK; the process keeps both to its end. */
export function tracedServers(options: Partial<ServerTracing> = {}) {
  const { spans, processor, spansThat } = collectedSpans()
  const reader = new Reader()
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new B3Propagator()] }),
  )
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [processor] }))
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
  traceServers({
    metrics: true,
    knownMethods: KNOWN_METHODS,
    onUnseenExpress() {},
    onListening() {},
    ...options,
  })

  return {
    spans,
    spansThat,
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
  const port = await listen(server)
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { server, port, url: `http://127.0.0.1:${port}` }
}
