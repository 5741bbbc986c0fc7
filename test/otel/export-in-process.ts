import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { TestContext } from 'node:test'
import { context, diag, ROOT_CONTEXT } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { AlwaysOnSampler, TracerProvider } from '@opentelemetry/sdk-trace'
import { reportDiagnostics } from '../../otel/diagnostics.ts'
import { ExportHealth } from '../../otel/export/export-health.ts'
import { logPipeline, metricPipeline, spanPipeline } from '../../otel/export/pipelines.ts'
import { destinationOf, type Signal } from '../../otel/settings/destination.ts'
import { otelVariables } from '../../otel/settings/variables.ts'
import { parseEnvironment } from '../../src/throughline/settings/environment.ts'
import { listen } from '../listen.ts'

/** A server on a free port, until the end of the test. */
export async function serveAt(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  const port = await listen(server)
  t.after(async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${port}`
}

type Line = Record<string, unknown>

/** The real pipelines, to this endpoint, and all that is said meanwhile: by export health and by the SDK. */
export function exportInProcess(t: TestContext, env: Record<string, string>) {
  const variables = parseEnvironment(otelVariables, { OTEL_EXPORTER_OTLP_TIMEOUT: '500', ...env })
  const lines: Line[] = []
  const sdkMessages: Line[] = []
  reportDiagnostics('warn', (level, fields, msg) => sdkMessages.push({ level, msg, ...fields }))
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  t.after(() => {
    diag.disable()
    context.disable()
  })
  const healthOf = (signal: Signal) =>
    new ExportHealth({ signal, endpoint: '' }, 'lost', (level, fields, msg) =>
      lines.push({ level, msg, ...fields }),
    )
  const said = () => lines.map(({ msg, lost }) => [msg, lost])

  function spans() {
    const health = healthOf('traces')
    const spanProcessors = spanPipeline(destinationOf('traces', variables), variables, health)
    const provider = new TracerProvider({ sampler: new AlwaysOnSampler(), spanProcessors })
    t.after(() => provider.shutdown())
    const tracer = provider.getTracer('test')
    const end = (name: string, options = {}) => tracer.startSpan(name, options, ROOT_CONTEXT).end()
    const forceFlush = () => provider.forceFlush()
    const shutdown = () => provider.shutdown()
    return { end, flush: forceFlush, forceFlush, shutdown, health, tracer }
  }

  function logRecords() {
    const health = healthOf('logs')
    const processors = logPipeline(destinationOf('logs', variables), variables, health)
    const provider = new LoggerProvider({ processors })
    t.after(() => provider.shutdown())
    return { logger: provider.getLogger('test'), flush: () => provider.forceFlush(), health }
  }

  function metrics() {
    const health = healthOf('metrics')
    const readers = metricPipeline(destinationOf('metrics', variables), variables, health)
    const provider = new MeterProvider({ readers })
    t.after(() => provider.shutdown())
    return { meter: provider.getMeter('test'), flush: () => provider.forceFlush(), health }
  }

  return { spans, logRecords, metrics, lines, said, sdkMessages }
}
