import type { IncomingMessage } from 'node:http'
import type { Attributes } from '@opentelemetry/api'
import type { Origin } from './origin.ts'
/** The methods of RFC 9110, with PATCH (RFC 5789) and QUERY: what else a client sends is `_OTHER`. */
export declare const KNOWN_METHODS: string[]
/** An unknown method, which might be anything (https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/). */
export declare const OTHER = '_OTHER'
/**
 * What is known of a request when it arrives
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span), but for `url.query`, which may hold
 * anything.
 */
export declare function requestAttributes(
  req: IncomingMessage,
  method: string,
  origin: Origin,
): Attributes
