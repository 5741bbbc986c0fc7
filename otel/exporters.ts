import type { LogRecordExporter } from '@opentelemetry/sdk-logs'
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { Destination } from './destination.ts'

// Each protocol is loaded only where it is asked for: together they would double the time to start.

/** The OTLP exporter for spans; headers, compression and certificates it takes from the environment. */
export async function spanExporter(to: Destination): Promise<SpanExporter> {
  const { OTLPTraceExporter } = await {
    'http/json': () => import('@opentelemetry/exporter-trace-otlp-http'),
    'http/protobuf': () => import('@opentelemetry/exporter-trace-otlp-proto'),
    grpc: () => import('@opentelemetry/exporter-trace-otlp-grpc'),
  }[to.protocol]()
  return new OTLPTraceExporter({ url: to.url, timeoutMillis: to.timeoutMs })
}

/** The OTLP exporter for log records. */
export async function logRecordExporter(to: Destination): Promise<LogRecordExporter> {
  const { OTLPLogExporter } = await {
    'http/json': () => import('@opentelemetry/exporter-logs-otlp-http'),
    'http/protobuf': () => import('@opentelemetry/exporter-logs-otlp-proto'),
    grpc: () => import('@opentelemetry/exporter-logs-otlp-grpc'),
  }[to.protocol]()
  return new OTLPLogExporter({ url: to.url, timeoutMillis: to.timeoutMs })
}

/** The OTLP exporter for metrics. */
export async function metricExporter(to: Destination): Promise<PushMetricExporter> {
  const { OTLPMetricExporter } = await {
    'http/json': () => import('@opentelemetry/exporter-metrics-otlp-http'),
    'http/protobuf': () => import('@opentelemetry/exporter-metrics-otlp-proto'),
    grpc: () => import('@opentelemetry/exporter-metrics-otlp-grpc'),
  }[to.protocol]()
  return new OTLPMetricExporter({ url: to.url, timeoutMillis: to.timeoutMs })
}
