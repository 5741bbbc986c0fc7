import { type Context, type SpanOptions, trace } from '@opentelemetry/api'
import { asError } from '../answers/thrown.ts'
import { failSpan } from '../identity/active-trace.ts'
import { type RequestContext, TRACE } from '../identity/context.ts'
import { CORRELATION_ATTRIBUTE } from '../identity/correlation.ts'
import { resume } from '../identity/own-context.ts'
import { tracer } from '../identity/shared-api.ts'
import { endedWell, failed } from '../log/held/failure.ts'

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
export function runInJobContext<T>(
  name: string,
  options: SpanOptions,
  { correlationId, parent }: JobContext,
  task: () => T,
): T {
  const span = tracer().startSpan(name, options, parent)
  span.setAttribute(CORRELATION_ATTRIBUTE, correlationId)
  const own: RequestContext = {
    correlationId,
    startedAt: Date.now(),
    [TRACE]: trace.setSpan(parent, span),
  }
  const fail = (thrown: unknown) => {
    failed(own)
    failSpan(span, asError(thrown))
    span.end()
  }
  const end = () => {
    endedWell(own)
    span.end()
  }
  return resume(own, () => {
    try {
      const result = task()
      if (isThenable(result)) result.then(end, fail)
      else end()
      return result
    } catch (thrown) {
      fail(thrown)
      throw thrown
    }
  })
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  )
}
