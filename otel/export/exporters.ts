import { type ChannelCredentials, credentials, Metadata } from '@grpc/grpc-js'
import { OTLPLogExporter as GrpcLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc'
import { OTLPLogExporter as JsonLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as ProtobufLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter as GrpcMetricExporter } from '@opentelemetry/exporter-metrics-otlp-grpc'
import { OTLPMetricExporter as JsonMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as ProtobufMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter as GrpcSpanExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as ProtobufSpanExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base'
import type { LogRecordExporter } from '@opentelemetry/sdk-logs'
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { Destination } from '../settings/destination.ts'
import type { Pairs } from '../settings/pairs.ts'
import { JsonSpanExporter } from './json/span-exporter.ts'

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

/** The OTLP exporter for spans; certificates it takes from the environment. */
export function spanExporter(to: Destination): SpanExporter {
  return new SPANS[to.protocol](optionsOf(to))
}

/** The OTLP exporter for log records. */
export function logRecordExporter(to: Destination): LogRecordExporter {
  return new LOG_RECORDS[to.protocol](optionsOf(to))
}

/** The OTLP exporter for metrics. */
export function metricExporter(to: Destination): PushMetricExporter {
  return new METRICS[to.protocol](optionsOf(to))
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

function optionsOf(to: Destination): Options {
  const options = {
    url: to.url,
    timeoutMillis: to.timeoutMs,
    compression: { gzip: CompressionAlgorithm.GZIP, none: CompressionAlgorithm.NONE }[
      to.compression
    ],
  }
  if (to.protocol !== 'grpc') return { ...options, headers: to.headers }
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(to.headers)) metadata.set(name, value)
  const { protocol, hostname, port } = new URL(to.url)
  if (protocol !== 'http:') return { ...options, metadata }
  // The exporter would leave out the port that is HTTP's own, and gRPC's own is 443.
  const url = `${hostname}:${port || 80}`
  return { ...options, url, metadata, credentials: credentials.createInsecure() }
}
