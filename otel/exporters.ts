import type { ChannelCredentials, Metadata } from '@grpc/grpc-js'
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base'
import type { LogRecordExporter } from '@opentelemetry/sdk-logs'
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { Destination } from './destination.ts'
import type { Pairs } from './pairs.ts'

// Each protocol is loaded only where it is asked for: together they would double the time to start.

/** The OTLP exporter for spans; certificates it takes from the environment. */
export async function spanExporter(to: Destination): Promise<SpanExporter> {
  const { OTLPTraceExporter } = await {
    'http/json': () => import('@opentelemetry/exporter-trace-otlp-http'),
    'http/protobuf': () => import('@opentelemetry/exporter-trace-otlp-proto'),
    grpc: () => import('@opentelemetry/exporter-trace-otlp-grpc'),
  }[to.protocol]()
  return new OTLPTraceExporter(await optionsOf(to))
}

/** The OTLP exporter for log records. */
export async function logRecordExporter(to: Destination): Promise<LogRecordExporter> {
  const { OTLPLogExporter } = await {
    'http/json': () => import('@opentelemetry/exporter-logs-otlp-http'),
    'http/protobuf': () => import('@opentelemetry/exporter-logs-otlp-proto'),
    grpc: () => import('@opentelemetry/exporter-logs-otlp-grpc'),
  }[to.protocol]()
  return new OTLPLogExporter(await optionsOf(to))
}

/** The OTLP exporter for metrics. */
export async function metricExporter(to: Destination): Promise<PushMetricExporter> {
  const { OTLPMetricExporter } = await {
    'http/json': () => import('@opentelemetry/exporter-metrics-otlp-http'),
    'http/protobuf': () => import('@opentelemetry/exporter-metrics-otlp-proto'),
    grpc: () => import('@opentelemetry/exporter-metrics-otlp-grpc'),
  }[to.protocol]()
  return new OTLPMetricExporter(await optionsOf(to))
}

/** What an exporter is told, since it reads less out of the environment than the specification lets stand there. */
interface Options {
  url: string
  timeoutMillis: number
  compression: CompressionAlgorithm
  headers?: Pairs
  metadata?: Metadata
  credentials?: ChannelCredentials
}

async function optionsOf(to: Destination): Promise<Options> {
  const options = {
    url: to.url,
    timeoutMillis: to.timeoutMs,
    compression: { gzip: CompressionAlgorithm.GZIP, none: CompressionAlgorithm.NONE }[
      to.compression
    ],
  }
  if (to.protocol !== 'grpc') return { ...options, headers: to.headers }
  const { credentials, Metadata } = await import('@grpc/grpc-js')
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(to.headers)) metadata.set(name, value)
  const { protocol, hostname, port } = new URL(to.url)
  if (protocol !== 'http:') return { ...options, metadata }
  // The exporter would leave out the port that is HTTP's own, and gRPC's own is 443.
  const url = `${hostname}:${port || 80}`
  return { ...options, url, metadata, credentials: credentials.createInsecure() }
}
