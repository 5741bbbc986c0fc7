import { type Pairs } from './pairs.ts'
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
export declare function destinationOf(signal: Signal, variables: OtelVariables): Destination
/** The URL as it may be shown: without credentials and without a query string. */
export declare function shownUrl(url: string): string
/** What the protocol of an exported signal cannot do with its endpoint or its headers, by variable. */
export declare function misfitsOf(variables: OtelVariables): {
  name: string
  expected: string
}[]
