import { otlpOrigin, otlpSpan } from '../../viewer/receiver/otlp.ts'
import { type Span, spanOf } from '../../viewer/store/span.ts'
import { keyValues, type SpanInput, span } from '../viewer/traffic.ts'

/** A service's span as it is once it has been read. */
export function readSpan(input: SpanInput, service = 'app'): Span {
  const resource = { attributes: keyValues({ 'service.name': service }) }
  const origin = { resource, scope: {} }
  return spanOf({ origin: otlpOrigin.parse(origin), item: otlpSpan.parse(span(input)) })
}
