import { type Context, type SpanOptions } from '@opentelemetry/api'
/** What a job runs under. */
export interface JobContext {
  correlationId: string
  /** The parent of its span; the root context makes it a trace of its own. */
  parent: Context
}
/**
 * Runs `task` in a context of its own, with this correlation id and under a span of its own, and gives what it gives.
 * What it throws, or rejects with, is on the span, and goes on to the caller.
 */
export declare function runInJobContext<T>(
  name: string,
  options: SpanOptions,
  { correlationId, parent }: JobContext,
  task: () => T,
): T
