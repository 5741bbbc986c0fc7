import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { ATTR_HTTP_RESPONSE_STATUS_CODE } from '@opentelemetry/semantic-conventions'
import type { Cause } from '../../src/throughline/identity/held-trace.ts'

/** Why a span that has ended makes its trace worth keeping; undefined where it does not. */
export function failureOf(span: ReadableSpan): Cause | undefined {
  if (span.events.some(({ name }) => name === 'exception')) return 'exception'
  return span.status.code === SpanStatusCode.ERROR && !isRefusedCall(span) ? 'error' : undefined
}

/**
 * A call that was answered 4xx is an error to its CLIENT span
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#status), and to many an app a plain answer, such as that
 * a cache has nothing: where it is more, the request fails too.
 */
function isRefusedCall({ kind, attributes }: ReadableSpan): boolean {
  const status = attributes[ATTR_HTTP_RESPONSE_STATUS_CODE]
  return kind === SpanKind.CLIENT && typeof status === 'number' && status >= 400 && status < 500
}
