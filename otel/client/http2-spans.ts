import { errorMonitor } from 'node:events'
import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  IncomingHttpHeaders,
  IncomingHttpStatusHeader,
} from 'node:http2'
import {
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { isTracingSuppressed } from '@opentelemetry/core'
import { asError, propertyOf } from '../../src/throughline/answers/thrown.ts'
import { failSpan } from '../../src/throughline/identity/active-trace.ts'
import {
  type Http2Headers,
  hasHttp2Header,
  targetOfHttp2,
  withHttp2Headers,
} from '../../src/throughline/outbound/http2-headers.ts'
import { patchHttp2Calls } from '../../src/throughline/outbound/http2-sessions.ts'
import { targetOfAuthority } from '../../src/throughline/outbound/target.ts'
import type { Hosts } from '../../src/throughline/settings/hosts.ts'
import { OTHER } from '../server/server-attributes.ts'
import { callAttributes, methodOf } from './http2-attributes.ts'

export interface Http2Tracing {
  /** The methods that spans are named after; any other is `_OTHER`. */
  knownMethods: readonly string[]
  /** The hosts that the trace may leave to; undefined means every host. */
  propagateTo?: Hosts | undefined
}

/**
 * Gives each call over node:http2 its span, by the stable semantic conventions
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span), and sends the trace along. A call
 * that has a trace in its headers is left alone, whoever set it: an instrumentation of gRPC has made its span.
 */
export function traceHttp2({ knownMethods, propagateTo }: Http2Tracing): void {
  const tracer = trace.getTracer('throughline.http2-spans')
  const known = new Set(knownMethods)

  patchHttp2Calls((session, headers, send) => {
    const active = context.active()
    // Telemetry sends its own over gRPC.
    if (isTracingSuppressed(active) || hasTrace(headers)) return send(headers)
    const target = targetOfHttp2(session, headers)
    const method = methodOf(headers, known)
    const attributes = callAttributes(headers, method, target)
    const name = method === OTHER ? 'HTTP' : method
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, active)
    const carrier: Record<string, string> = {}
    if (propagateTo?.(targetOfAuthority(target)) !== false)
      propagation.inject(trace.setSpan(active, span), carrier)
    const call = sendOrFail(span, () => send(withHttp2Headers(headers, carrier)))
    if (span.isRecording()) endWithCall(span, call, session)
    return call
  })
}

function hasTrace(headers: Http2Headers): boolean {
  return propagation.fields().some((name) => hasHttp2Header(headers, name.toLowerCase()))
}

function sendOrFail(span: Span, send: () => ClientHttp2Stream): ClientHttp2Stream {
  try {
    return send()
  } catch (thrown) {
    fail(span, asError(thrown))
    span.end()
    throw thrown
  }
}

/** Ends the span when all of the answer has come, or no more of it will. */
function endWithCall(span: Span, call: ClientHttp2Stream, session: ClientHttp2Session): void {
  let errorType: string | undefined
  call.prependOnceListener('response', (headers) => answered(span, headers, session))
  // A listener for errors would keep one that nobody handles from being thrown.
  call.prependOnceListener(errorMonitor, (error: unknown) => {
    errorType = fail(span, asError(error))
  })
  call.once('close', () => {
    const { rstCode = 0 } = call
    const isReset = errorType === undefined || errorType === 'ERR_HTTP2_STREAM_ERROR'
    if (isReset && rstCode !== 0) failAs(span, ERRORS[rstCode] ?? String(rstCode))
    span.end()
  })
}

function answered(
  span: Span,
  headers: IncomingHttpHeaders & IncomingHttpStatusHeader,
  session: ClientHttp2Session,
): void {
  const { ':status': status = 0 } = headers
  span.setAttribute('http.response.status_code', status)
  if (status >= 400) failAs(span, String(status))
  // A session that was destroyed has no socket any more, and throws.
  if (session.destroyed) return
  const { remoteAddress, remotePort } = session.socket
  if (remoteAddress !== undefined) span.setAttribute('network.peer.address', remoteAddress)
  if (remotePort !== undefined) span.setAttribute('network.peer.port', remotePort)
}

/** Gives the type of the error. */
function fail(span: Span, error: Error): string {
  failSpan(span, error)
  const code = propertyOf(error, 'code')
  const errorType = typeof code === 'string' ? code : error.name
  span.setAttribute('error.type', errorType)
  return errorType
}

function failAs(span: Span, errorType: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR })
  span.setAttribute('error.type', errorType)
}

/** By their codes (RFC 9113, section 7). */
const ERRORS = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
]
