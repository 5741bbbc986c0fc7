import { OTLPLogExporter as GrpcLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc'
import { OTLPLogExporter as JsonLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as ProtobufLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter as GrpcMetricExporter } from '@opentelemetry/exporter-metrics-otlp-grpc'
import { OTLPMetricExporter as JsonMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as ProtobufMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter as GrpcSpanExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as JsonSpanExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufSpanExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import type { LogRecordExporter } from '@opentelemetry/sdk-logs'
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { Destination } from './destination.ts'

// All are imported, whichever is asked for: NodeSDK loads them in any case.
const SPANS = {
  'http/json': JsonSpanExporter,
  'http/protobuf': ProtobufSpanExporter,
  grpc: GrpcSpanExporter,
}
const LOG_RECORDS = {
  'http/json': JsonLogExporter,
  'http/protobuf': ProtobufLogExporter,
  grpc: GrpcLogExporter,
}
const METRICS = {
  'http/json': JsonMetricExporter,
  'http/protobuf': ProtobufMetricExporter,
  grpc: GrpcMetricExporter,
}

/** The OTLP exporter for spans; headers, compression and certificates it takes from the environment. */
export function spanExporter(to: Destination): SpanExporter {
  return new SPANS[to.protocol](optionsFor(to))
}

/** The OTLP exporter for log records. */
export function logRecordExporter(to: Destination): LogRecordExporter {
  return new LOG_RECORDS[to.protocol](optionsFor(to))
}

/** The OTLP exporter for metrics. */
export function metricExporter(to: Destination): PushMetricExporter {
  return new METRICS[to.protocol](optionsFor(to))
}

function optionsFor({ url, timeoutMs }: Destination) {
  return { url, timeoutMillis: timeoutMs }
}
