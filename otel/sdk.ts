import { logs } from '@opentelemetry/api'
import { LoggerProvider, type LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { MetricReader } from '@opentelemetry/sdk-metrics'
import { NodeSDK } from '@opentelemetry/sdk-node'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import type { Place } from '../src/throughline/identity/shared-api.ts'
import { ExportHealth, type Report } from './export/export-health.ts'
import { logPipeline, metricPipeline, spanPipeline } from './export/pipelines.ts'
import { blocksOfIds } from './ids.ts'
import { keepForCause } from './kept/keep-for-cause.ts'
import type { KeepRules } from './kept/local-trace.ts'
import { keepRulesOf } from './kept/rules.ts'
import { recordAll } from './kept/sampler.ts'
import { BoundContexts } from './patching/bound-contexts.ts'
import { type Rival, takePlaces } from './patching/places.ts'
import { correlationSpans } from './records/correlation-spans.ts'
import { logEvents } from './records/log-events.ts'
import { takeScalarsAtOnce } from './records/scalar-attributes.ts'
import { type Destination, destinationOf, type Signal, shownUrl } from './settings/destination.ts'
import { logRecordLimitsOf, spanLimitsOf } from './settings/limits.ts'
import { propagatorOf } from './settings/propagator.ts'
import { resourceOf } from './settings/resource.ts'
import { headOf, samplerOf } from './settings/sampler.ts'
import type { OtelVariables, TelemetryVariables } from './settings/variables.ts'

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

/** What has been started: the exports, and who has the place of any part of it. */
export interface StartedSdk {
  exports: Export[]
  rival(): Rival | undefined
}

/**
 * Starts OpenTelemetry's NodeSDK with our parts: every one of them is given, since for one that is left out it reads
 * the environment by defaults that are not ours, such as http/protobuf. A signal whose exporter is `none` gets no
 * provider.
 */
export function startSdk(
  variables: TelemetryVariables,
  also: { logEvents: boolean },
  report: Report,
): StartedSdk {
  const signals = signalsOf(variables, also, report)
  const rival = takePlaces(placesOf(signals), () => register(signals, variables))
  return { exports: signals.exports, rival }
}

/** The parts of the SDK that each signal needs; none of a signal that nobody wants. */
interface Signals {
  exports: Export[]
  spanProcessors: SpanProcessor[]
  metricReaders: MetricReader[]
  logRecordProcessors: LogRecordProcessor[]
}

function signalsOf(
  variables: TelemetryVariables,
  also: { logEvents: boolean },
  report: Report,
): Signals {
  const signals: Signals = {
    exports: [],
    spanProcessors: [],
    metricReaders: [],
    logRecordProcessors: also.logEvents ? [logEvents(spanLimitsOf(variables))] : [],
  }
  /** Opens the export of `signal`, and returns what `pipelineTo` has made to send it. */
  const open = <Part extends Sender>(
    signal: Signal,
    pipelineTo: (to: Destination, variables: OtelVariables, health: ExportHealth) => Part[],
  ): Part[] => {
    const destination = destinationOf(signal, variables)
    const about = { signal, endpoint: shownUrl(destination.url) }
    const health = new ExportHealth(about, LOST[signal], report)
    const pipeline = pipelineTo(destination, variables, health)
    signals.exports.push({ destination, health, ...together(pipeline) })
    return pipeline
  }

  if (variables.OTEL_TRACES_EXPORTER) {
    const rules = keepRulesOf(variables)
    const pipeline = rules === undefined ? spanPipeline : keptSpans(rules, report)
    signals.spanProcessors.push(correlationSpans, ...open('traces', pipeline))
  }
  if (variables.OTEL_METRICS_EXPORTER)
    signals.metricReaders.push(...open('metrics', metricPipeline))
  if (variables.OTEL_LOGS_EXPORTER) signals.logRecordProcessors.push(...open('logs', logPipeline))
  return signals
}

/** The pipeline of spans, and before it what the head has not sampled, until that is decided about. */
function keptSpans(rules: KeepRules, report: Report) {
  return (to: Destination, variables: OtelVariables, health: ExportHealth) => [
    keepForCause(spanPipeline(to, variables, health), { rules, head: headOf(variables) }, report),
  ]
}

function placesOf({ spanProcessors, metricReaders, logRecordProcessors }: Signals): Place[] {
  const places: Place[] = []
  if (spanProcessors.length > 0) places.push('trace')
  if (metricReaders.length > 0) places.push('metrics')
  if (logRecordProcessors.length > 0) places.push('logs')
  return [...places, 'context', 'propagation']
}

function register(signals: Signals, variables: TelemetryVariables): void {
  const { spanProcessors, metricReaders, logRecordProcessors: processors } = signals
  const resource = resourceOf()
  const head = samplerOf(variables)
  takeScalarsAtOnce()
  startNodeSdk({
    resource,
    autoDetectResources: false,
    contextManager: new BoundContexts(),
    textMapPropagator: propagatorOf(variables),
    sampler: keepRulesOf(variables) === undefined ? head : recordAll(head),
    idGenerator: blocksOfIds(),
    spanLimits: spanLimitsOf(variables),
    spanProcessors,
    metricReaders,
  })
  if (processors.length === 0) return
  const logRecordLimits = logRecordLimitsOf(variables)
  logs.setGlobalLoggerProvider(new LoggerProvider({ resource, logRecordLimits, processors }))
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
