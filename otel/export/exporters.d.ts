import type { LogRecordExporter } from '@opentelemetry/sdk-logs'
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { Destination } from '../settings/destination.ts'
/** The OTLP exporter for spans; certificates it takes from the environment. */
export declare function spanExporter(to: Destination): SpanExporter
/** The OTLP exporter for log records. */
export declare function logRecordExporter(to: Destination): LogRecordExporter
/** The OTLP exporter for metrics. */
export declare function metricExporter(to: Destination): PushMetricExporter
