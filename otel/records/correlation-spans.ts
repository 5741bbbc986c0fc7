import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import { getCorrelationId } from '../../src/throughline/identity/context.ts'
import { CORRELATION_ATTRIBUTE } from '../../src/throughline/identity/correlation.ts'

/** Puts `correlation.id` on every span that starts while a correlation id is current. */
export const correlationSpans: SpanProcessor = {
  onStart(span) {
    const correlationId = getCorrelationId()
    if (correlationId !== undefined) span.setAttribute(CORRELATION_ATTRIBUTE, correlationId)
  },
  onEnd() {},
  async forceFlush() {},
  async shutdown() {},
}
