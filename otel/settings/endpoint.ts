import { z } from 'zod'
import { httpUrl } from '../../src/throughline/settings/environment.ts'

/** What an endpoint is over HTTP. */
export const HTTP_ENDPOINT = 'an http:// or https:// URL'

/**
 * Where an exporter sends to: a URL, or one of gRPC's own forms, `host:port` and `unix:///path`
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/#configuration-options).
 */
export function endpoint(): z.ZodType<string> {
  return z
    .string()
    .trim()
    .refine((value) => isHttpEndpoint(value) || TARGET.test(value), {
      error: `${HTTP_ENDPOINT}, or host:port for gRPC`,
    })
}

const TARGET = /^(unix:\/\/\/[^?]+|(\[[\da-f:.]+\]|[^\s/:@?#[\]]+)(:\d{1,5})?)$/i

/** Whether `value` is an endpoint over HTTP too. */
export function isHttpEndpoint(value: string): boolean {
  return httpUrl().safeParse(value).success
}

/** `endpoint` as a URL: one that has no scheme is secure, as gRPC has it, unless it is said to be `insecure`. */
export function grpcUrl(endpoint: string, insecure: boolean): string {
  if (endpoint.includes('://')) return endpoint
  return `${insecure ? 'http' : 'https'}://${endpoint}`
}

/** The common endpoint with the path of a signal after its own path, in front of its query. */
export function withPath(endpoint: string, path: string): string {
  const url = new URL(endpoint)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
  return url.href
}
