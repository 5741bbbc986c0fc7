import { grpcUrl, HTTP_ENDPOINT, isHttpEndpoint, withPath } from './endpoint.ts'
import { isMetadata, type Pairs } from './pairs.ts'
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

/** What each signal is called in the names of its variables. */
const NAMES = { traces: 'TRACES', metrics: 'METRICS', logs: 'LOGS' } as const

/**
 * Where `signal` goes: its own endpoint as it stands, or the common one with the signal's path
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp).
 */
export function destinationOf(signal: Signal, variables: OtelVariables): Destination {
  const own = `OTEL_EXPORTER_OTLP_${NAMES[signal]}` as const
  const protocol = protocolOf(signal, variables)
  const compression =
    variables[`${own}_COMPRESSION`] ?? variables.OTEL_EXPORTER_OTLP_COMPRESSION ?? 'none'
  const headers = { ...variables.OTEL_EXPORTER_OTLP_HEADERS, ...variables[`${own}_HEADERS`] }
  const timeoutMs = Math.min(
    variables[`${own}_TIMEOUT`] ?? variables.OTEL_EXPORTER_OTLP_TIMEOUT,
    {
      traces: variables.OTEL_BSP_EXPORT_TIMEOUT,
      metrics: variables.OTEL_METRIC_EXPORT_TIMEOUT,
      logs: variables.OTEL_BLRP_EXPORT_TIMEOUT,
    }[signal],
  )
  return { signal, protocol, url: urlOf(signal, variables), headers, compression, timeoutMs }
}

/** The URL as it may be shown: without credentials and without a query string. */
export function shownUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

/** What the protocol of an exported signal cannot do with its endpoint or its headers, by variable. */
export function misfitsOf(variables: OtelVariables): { name: string; expected: string }[] {
  const exported = (['traces', 'metrics', 'logs'] as const).filter(
    (signal) => variables[`OTEL_${NAMES[signal]}_EXPORTER`],
  )
  return exported.flatMap((signal) => {
    const own = `OTEL_EXPORTER_OTLP_${NAMES[signal]}` as const
    if (protocolOf(signal, variables) === 'grpc') {
      return (['OTEL_EXPORTER_OTLP_HEADERS', `${own}_HEADERS`] as const)
        .filter((name) => !Object.entries(variables[name]).every(isMetadata))
        .map((name) => ({ name, expected: 'key=value pairs that gRPC can send: ASCII alone' }))
    }
    const name = variables[`${own}_ENDPOINT`] ? `${own}_ENDPOINT` : 'OTEL_EXPORTER_OTLP_ENDPOINT'
    const endpoint = variables[`${own}_ENDPOINT`] ?? variables.OTEL_EXPORTER_OTLP_ENDPOINT
    if (endpoint === undefined || isHttpEndpoint(endpoint)) return []
    return [{ name, expected: `${HTTP_ENDPOINT}; host:port is for gRPC alone` }]
  })
}

function protocolOf(signal: Signal, variables: OtelVariables): Destination['protocol'] {
  const own = variables[`OTEL_EXPORTER_OTLP_${NAMES[signal]}_PROTOCOL`]
  return own ?? variables.OTEL_EXPORTER_OTLP_PROTOCOL ?? 'http/json'
}

function urlOf(signal: Signal, variables: OtelVariables): string {
  const prefix = `OTEL_EXPORTER_OTLP_${NAMES[signal]}` as const
  const own = variables[`${prefix}_ENDPOINT`]
  const common = variables.OTEL_EXPORTER_OTLP_ENDPOINT
  if (protocolOf(signal, variables) === 'grpc') {
    const insecure = variables[`${prefix}_INSECURE`] ?? variables.OTEL_EXPORTER_OTLP_INSECURE
    return grpcUrl(own ?? common ?? 'http://localhost:4317', insecure ?? false)
  }
  return own ?? withPath(common ?? 'http://localhost:4318', `/v1/${signal}`)
}
