import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import { getCorrelationId } from '../../src/throughline/identity/context.ts'
import { CORRELATION_ATTRIBUTE } from '../../src/throughline/identity/correlation.ts'

/**
 * Puts `correlation.id` on every span that starts while a correlation id is current: a SpanProcessor for whatever SDK,
 * 1.x to 3.x.
 */
export const correlationSpans = {
  onStart(span: { setAttribute(name: string, value: string): unknown }): void {
    const correlationId = getCorrelationId()
    if (correlationId !== undefined) span.setAttribute(CORRELATION_ATTRIBUTE, correlationId)
  },
  onEnd(): void {},
  async forceFlush(): Promise<void> {},
  async shutdown(): Promise<void> {},
} satisfies SpanProcessor
