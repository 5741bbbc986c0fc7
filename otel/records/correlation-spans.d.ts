import { type Context } from '@opentelemetry/api'
/**
 * Puts `correlation.id` on every span that starts while a correlation id is current: a SpanProcessor for whatever SDK,
 * 1.x to 3.x.
 */
export declare const correlationSpans: {
  onStart(
    span: {
      setAttribute(name: string, value: string): unknown
    },
    parent: Context,
  ): void
  onEnd(): void
  forceFlush(): Promise<void>
  shutdown(): Promise<void>
}
