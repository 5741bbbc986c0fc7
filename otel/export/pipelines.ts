import { BatchLogRecordProcessor, type LogRecordProcessor } from '@opentelemetry/sdk-logs'
import { type MetricReader, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace'
import { isSampled } from '../../src/throughline/identity/active-trace.ts'
import type { Destination } from '../settings/destination.ts'
import type { OtelVariables } from '../settings/variables.ts'
import { intervals, lists } from './batches.ts'
import { dropMeter } from './drop-meter.ts'
import type { ExportHealth } from './export-health.ts'
import { logRecordExporter, metricExporter, spanExporter } from './exporters.ts'
import { type Exporter, watchExporter } from './watched-exporter.ts'

// The exporter's timeout decides when an export has failed. A processor that gave up sooner would start a second one
// beside the first, so the processor's own is out of reach.
const NEVER_MS = 2 ** 31 - 1
const QUEUE_FULL = 'queue full'

/** Spans, in batches, to `to`: a processor that counts what is due, and the one that sends it. */
export function spanPipeline(
  to: Destination,
  variables: OtelVariables,
  health: ExportHealth,
): SpanProcessor[] {
  const count: SpanProcessor = {
    onStart() {},
    onEnd(span) {
      if (isSampled(span.spanContext())) health.accept(1)
    },
    async forceFlush() {},
    async shutdown() {},
  }
  const send = new BatchSpanProcessor({
    ...watched(spanExporter(to), health),
    scheduledDelayMillis: variables.OTEL_BSP_SCHEDULE_DELAY,
    maxQueueSize: variables.OTEL_BSP_MAX_QUEUE_SIZE,
    maxExportBatchSize: variables.OTEL_BSP_MAX_EXPORT_BATCH_SIZE,
  })
  return [count, send]
}

/** Log records, in batches, to `to`: a processor that counts what is due, and the one that sends it. */
export function logPipeline(
  to: Destination,
  variables: OtelVariables,
  health: ExportHealth,
): LogRecordProcessor[] {
  const count: LogRecordProcessor = {
    onEmit: () => health.accept(1),
    async forceFlush() {},
    async shutdown() {},
  }
  const send = new BatchLogRecordProcessor({
    ...watched(logRecordExporter(to), health),
    scheduledDelayMillis: variables.OTEL_BLRP_SCHEDULE_DELAY,
    maxQueueSize: variables.OTEL_BLRP_MAX_QUEUE_SIZE,
    maxExportBatchSize: variables.OTEL_BLRP_MAX_EXPORT_BATCH_SIZE,
  })
  return [count, send]
}

/** What batches of spans and of log records have in common: their export is watched, and so is their queue. */
function watched<Item>(exporter: Exporter<Item[]>, health: ExportHealth) {
  return {
    exporter: watchExporter(exporter, health, lists<Item>()),
    selfObsMeterProvider: dropMeter((dropped) => health.lose(dropped, QUEUE_FULL)),
    exportTimeoutMillis: NEVER_MS,
  }
}

/** Metrics, at intervals, to `to`; an interval that does not arrive counts as lost, though the next brings its sums. */
export function metricPipeline(
  to: Destination,
  variables: OtelVariables,
  health: ExportHealth,
): MetricReader[] {
  const exporter = metricExporter(to)
  const watched = watchExporter(exporter, health, intervals)
  // The reader asks the exporter for its temporality, so the rest of it stays reachable.
  const reader = new PeriodicExportingMetricReader({
    exporter: Object.assign(Object.create(exporter), watched),
    exportIntervalMillis: variables.OTEL_METRIC_EXPORT_INTERVAL,
    exportTimeoutMillis: Math.min(
      variables.OTEL_METRIC_EXPORT_TIMEOUT,
      variables.OTEL_METRIC_EXPORT_INTERVAL,
    ),
  })
  return [reader]
}
