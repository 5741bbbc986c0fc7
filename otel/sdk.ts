import { logs } from '@opentelemetry/api'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { NodeSDK } from '@opentelemetry/sdk-node'
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

/** What sends one signal, as the SDK's processors and readers do. */
interface Sender {
  forceFlush(): Promise<void>
  shutdown(): Promise<void>
}

/** One exported signal: where it goes, how that fares, and how to send what is left, for now or for good. */
export interface Export extends Sender {
  destination: Destination
  health: ExportHealth
}

const LOST = { traces: 'spansLost', metrics: 'intervalsLost', logs: 'logRecordsLost' } as const

/**
 * Starts OpenTelemetry's NodeSDK with our parts: every one of them is given, since for one that is left out it reads
 * the environment by defaults that are not ours, such as http/protobuf. A signal whose exporter is `none` gets no
 * provider.
 */
export function startSdk(
  variables: OtelVariables,
  also: { logEvents: boolean },
  report: Report,
): Export[] {
  const resource = resourceOf()
  const exports: Export[] = []
  const open = (signal: Signal) => {
    const destination = destinationOf(signal, variables)
    const about = { signal, endpoint: shownUrl(destination.url) }
    return { destination, health: new ExportHealth(about, LOST[signal], report) }
  }

  const spanProcessors = []
  if (variables.OTEL_TRACES_EXPORTER) {
    const to = open('traces')
    const pipeline = spanPipeline(to.destination, variables, to.health)
    spanProcessors.push(correlationSpans, ...pipeline)
    exports.push({ ...to, ...together(pipeline) })
  }
  const metricReaders = []
  if (variables.OTEL_METRICS_EXPORTER) {
    const to = open('metrics')
    const reader = metricPipeline(to.destination, variables, to.health)
    metricReaders.push(reader)
    exports.push({ ...to, ...together([reader]) })
  }
  const logRecordProcessors = also.logEvents ? [logEvents(spanLimitsOf(variables))] : []
  if (variables.OTEL_LOGS_EXPORTER) {
    const to = open('logs')
    const pipeline = logPipeline(to.destination, variables, to.health)
    logRecordProcessors.push(...pipeline)
    exports.push({ ...to, ...together(pipeline) })
  }

  startNodeSdk({
    resource,
    autoDetectResources: false,
    contextManager: new ContextManager(),
    textMapPropagator: propagatorOf(variables),
    sampler: samplerOf(variables),
    spanLimits: spanLimitsOf(variables),
    spanProcessors,
    metricReaders,
  })
  if (logRecordProcessors.length > 0) {
    const logRecordLimits = logRecordLimitsOf(variables)
    const processors = logRecordProcessors
    logs.setGlobalLoggerProvider(new LoggerProvider({ resource, logRecordLimits, processors }))
  }
  return exports
}

/**
 * NodeSDK goes by two variables whatever it is given. OTEL_LOG_LEVEL puts a logger in place of ours that writes to
 * stdout, among the log lines. OTEL_LOGS_EXPORTER decides whether there are log records, which are ours to start: it
 * takes no limits for them, and reads a limit of 0 as none.
 */
function startNodeSdk(parts: ConstructorParameters<typeof NodeSDK>[0]): void {
  const { OTEL_LOG_LEVEL, OTEL_LOGS_EXPORTER } = process.env
  delete process.env.OTEL_LOG_LEVEL
  process.env.OTEL_LOGS_EXPORTER = 'none'
  try {
    new NodeSDK(parts).start()
  } finally {
    restore('OTEL_LOG_LEVEL', OTEL_LOG_LEVEL)
    restore('OTEL_LOGS_EXPORTER', OTEL_LOGS_EXPORTER)
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}

/** NodeSDK ends all signals together, and none alone: what sends them is ended instead. */
function together(senders: Sender[]): Sender {
  return {
    async forceFlush() {
      await Promise.all(senders.map((each) => each.forceFlush()))
    },
    async shutdown() {
      await Promise.all(senders.map((each) => each.shutdown()))
    },
  }
}
