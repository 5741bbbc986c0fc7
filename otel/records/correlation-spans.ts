import { type Context, trace } from '@opentelemetry/api'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import { getCorrelationId } from '../../src/throughline/identity/context.ts'
import { CORRELATION_ATTRIBUTE } from '../../src/throughline/identity/correlation.ts'

/**
 * Puts `correlation.id` on every span that starts while a correlation id is current: a SpanProcessor for whatever SDK,
 * 1.x to 3.x.
 */
export const correlationSpans = {
  onStart(span: { setAttribute(name: string, value: string): unknown }, parent: Context): void {
    const correlationId = idOnParent(parent) ?? getCorrelationId()
    if (correlationId !== undefined) span.setAttribute(CORRELATION_ATTRIBUTE, correlationId)
  },
  onEnd(): void {},
  async forceFlush(): Promise<void> {},
  async shutdown(): Promise<void> {},
} satisfies SpanProcessor

/**
 * The id of the span that it starts in, which instrumentations see to: a pool that hands on a connection calls the next
 * request back from the context of the one before, whose id is current then.
 */
function idOnParent(context: Context): string | undefined {
  const parent = trace.getSpan(context)
  const attributes: unknown = parent && Reflect.get(parent, 'attributes')
  if (!(attributes instanceof Object)) return undefined
  const id: unknown = Reflect.get(attributes, CORRELATION_ATTRIBUTE)
  return typeof id === 'string' ? id : undefined
}
