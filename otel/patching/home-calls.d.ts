import { ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { type Span, type TextMapPropagator } from '@opentelemetry/api'
import { type UndiciCall } from '../../src/throughline/outbound/target.ts'
import type { Hosts } from '../../src/throughline/settings/hosts.ts'
/** Marks a call over node:http, before it is made; `options` are the instrumentation's own. */
export declare function markHttpCall(options: RequestOptions, hosts: Hosts): void
/** What was injected into a call over node:http, once that is made, is for its host alone. */
export declare function afterHttpCall(span: Span, request: ClientRequest | IncomingMessage): void
/** Marks a call over undici to any host but `hosts`. */
export declare function markUndiciCall(span: Span, call: UndiciCall, hosts: Hosts): void
/** `propagator`, which injects nothing into a call that is marked to stay home. */
export declare function keepingHome(propagator: TextMapPropagator): TextMapPropagator
