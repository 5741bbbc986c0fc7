import type { Pairs } from './pairs.ts'
import type { OtelVariables } from './variables.ts'

/** A kind of telemetry. */
export type Signal = 'traces' | 'metrics' | 'logs'

/** Where a signal goes, and how. */
export interface Destination {
  signal: Signal
  protocol: 'http/json' | 'http/protobuf' | 'grpc'
  /** What batches are sent to: over HTTP with the signal's path, over gRPC the server alone. */
  url: string
  headers: Pairs
  compression: 'gzip' | 'none'
  /** After this many milliseconds, retries included, an export has failed. */
  timeoutMs: number
}

/**
 * Where `signal` goes: its own endpoint as it stands, or the common one with the signal's path
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp).
 */
export function destinationOf(signal: Signal, variables: OtelVariables): Destination {
  const own = OWN[signal](variables)
  const protocol = own.protocol ?? variables.OTEL_EXPORTER_OTLP_PROTOCOL ?? 'http/json'
  const timeoutMs = Math.min(
    own.timeout ?? variables.OTEL_EXPORTER_OTLP_TIMEOUT,
    own.processorTimeout,
  )
  const common = variables.OTEL_EXPORTER_OTLP_ENDPOINT
  const url =
    own.endpoint ??
    (protocol === 'grpc' ? (common ?? 'http://localhost:4317') : withPath(common, signal))
  const headers = { ...variables.OTEL_EXPORTER_OTLP_HEADERS, ...own.headers }
  const compression = own.compression ?? variables.OTEL_EXPORTER_OTLP_COMPRESSION ?? 'none'
  return { signal, protocol, url, headers, compression, timeoutMs }
}

/** The URL as it may be shown: without credentials and without a query string. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

function withPath(endpoint = 'http://localhost:4318', signal: Signal): string {
  return `${endpoint.replace(/\/+$/, '')}/v1/${signal}`
}

const OWN = {
  traces: (variables: OtelVariables) => ({
    protocol: variables.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL,
    endpoint: variables.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
    headers: variables.OTEL_EXPORTER_OTLP_TRACES_HEADERS,
    compression: variables.OTEL_EXPORTER_OTLP_TRACES_COMPRESSION,
    timeout: variables.OTEL_EXPORTER_OTLP_TRACES_TIMEOUT,
    processorTimeout: variables.OTEL_BSP_EXPORT_TIMEOUT,
  }),
  metrics: (variables: OtelVariables) => ({
    protocol: variables.OTEL_EXPORTER_OTLP_METRICS_PROTOCOL,
    endpoint: variables.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT,
    headers: variables.OTEL_EXPORTER_OTLP_METRICS_HEADERS,
    compression: variables.OTEL_EXPORTER_OTLP_METRICS_COMPRESSION,
    timeout: variables.OTEL_EXPORTER_OTLP_METRICS_TIMEOUT,
    processorTimeout: variables.OTEL_METRIC_EXPORT_TIMEOUT,
  }),
  logs: (variables: OtelVariables) => ({
    protocol: variables.OTEL_EXPORTER_OTLP_LOGS_PROTOCOL,
    endpoint: variables.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT,
    headers: variables.OTEL_EXPORTER_OTLP_LOGS_HEADERS,
    compression: variables.OTEL_EXPORTER_OTLP_LOGS_COMPRESSION,
    timeout: variables.OTEL_EXPORTER_OTLP_LOGS_TIMEOUT,
    processorTimeout: variables.OTEL_BLRP_EXPORT_TIMEOUT,
  }),
}
