import { context, logs, metrics, propagation, trace } from '@opentelemetry/api'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { ContextManager } from './context-manager.ts'
import { correlationSpans } from './correlation-spans.ts'
import { type Destination, destinationOf, type Signal, shownUrl } from './destination.ts'
import { ExportHealth, type Report } from './export-health.ts'
import { logRecordLimitsOf, spanLimitsOf } from './limits.ts'
import { logEvents } from './log-events.ts'
import { logPipeline, metricPipeline, spanPipeline } from './pipelines.ts'
import { propagatorOf } from './propagator.ts'
import { resourceOf } from './resource.ts'
import { samplerOf } from './sampler.ts'
import type { OtelVariables } from './variables.ts'

/** One exported signal: where it goes, how that fares, and how to end it. */
export interface Export {
  destination: Destination
  health: ExportHealth
  /** Flushes, then ends the provider. */
  shutdown(): Promise<void>
}

const LOST = { traces: 'spansLost', metrics: 'intervalsLost', logs: 'logRecordsLost' } as const

/**
 * Makes the SDK's parts from the environment and registers them as the global ones; a signal whose exporter is
 * `none` gets no provider, as the specification has it.
 *
 * Put together here and not by `startNodeSdk()`: that loads every exporter there is, which doubles the time to
 * start, and answers a bad value with a default.
 */
export async function startSdk(
  variables: OtelVariables,
  also: { logEvents: boolean },
  report: Report,
): Promise<Export[]> {
  const resource = resourceOf()
  const exports: Export[] = []
  const newExport = (signal: Signal) => {
    const destination = destinationOf(signal, variables)
    const about = { signal, endpoint: shownUrl(destination.url) }
    return { destination, health: new ExportHealth(about, LOST[signal], report) }
  }

  context.setGlobalContextManager(new ContextManager().enable())
  propagation.setGlobalPropagator(await propagatorOf(variables))

  if (variables.OTEL_TRACES_EXPORTER) {
    const { destination, health } = newExport('traces')
    const provider = new TracerProvider({
      resource,
      sampler: samplerOf(variables),
      spanLimits: spanLimitsOf(variables),
      spanProcessors: [correlationSpans, ...(await spanPipeline(destination, variables, health))],
    })
    trace.setGlobalTracerProvider(provider)
    exports.push({ destination, health, shutdown: () => provider.shutdown() })
  }
  if (variables.OTEL_METRICS_EXPORTER) {
    const { destination, health } = newExport('metrics')
    const reader = await metricPipeline(destination, variables, health)
    const provider = new MeterProvider({ resource, readers: [reader] })
    metrics.setGlobalMeterProvider(provider)
    exports.push({ destination, health, shutdown: () => provider.shutdown() })
  }
  if (variables.OTEL_LOGS_EXPORTER || also.logEvents) {
    const sent = variables.OTEL_LOGS_EXPORTER ? newExport('logs') : undefined
    const pipeline = sent ? await logPipeline(sent.destination, variables, sent.health) : []
    const provider = new LoggerProvider({
      resource,
      logRecordLimits: logRecordLimitsOf(variables),
      processors: also.logEvents ? [logEvents(spanLimitsOf(variables)), ...pipeline] : pipeline,
    })
    logs.setGlobalLoggerProvider(provider)
    if (sent) exports.push({ ...sent, shutdown: () => provider.shutdown() })
  }
  return exports
}
