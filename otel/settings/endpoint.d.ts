import { z } from 'zod'
/** What an endpoint is over HTTP. */
export declare const HTTP_ENDPOINT = 'an http:// or https:// URL'
/**
 * Where an exporter sends to: a URL, or one of gRPC's own forms, `host:port` and `unix:///path`
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/#configuration-options).
 */
export declare function endpoint(): z.ZodType<string>
/** Whether `value` is an endpoint over HTTP too. */
export declare function isHttpEndpoint(value: string): boolean
/** `endpoint` as a URL: one that has no scheme is secure, as gRPC has it, unless it is said to be `insecure`. */
export declare function grpcUrl(endpoint: string, insecure: boolean): string
/** The common endpoint with the path of a signal after its own path, in front of its query. */
export declare function withPath(endpoint: string, path: string): string
