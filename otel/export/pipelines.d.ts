import { type LogRecordProcessor } from '@opentelemetry/sdk-logs'
import { type MetricReader } from '@opentelemetry/sdk-metrics'
import { type SpanProcessor } from '@opentelemetry/sdk-trace'
import type { Destination } from '../settings/destination.ts'
import type { OtelVariables } from '../settings/variables.ts'
import type { ExportHealth } from './export-health.ts'
/** Spans, in batches, to `to`: a processor that counts what is due, and the one that sends it. */
export declare function spanPipeline(
  to: Destination,
  variables: OtelVariables,
  health: ExportHealth,
): SpanProcessor[]
/** Log records, in batches, to `to`: a processor that counts what is due, and the one that sends it. */
export declare function logPipeline(
  to: Destination,
  variables: OtelVariables,
  health: ExportHealth,
): LogRecordProcessor[]
/** Metrics, at intervals, to `to`; an interval that does not arrive counts as lost, though the next brings its sums. */
export declare function metricPipeline(
  to: Destination,
  variables: OtelVariables,
  health: ExportHealth,
): MetricReader[]
