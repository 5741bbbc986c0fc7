import { type Context, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api'
import { AlwaysOffSampler, type Sampler, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Head } from '../../../otel/kept/exported-span.ts'
import { keepForCause } from '../../../otel/kept/keep-for-cause.ts'
import { HELD_LIMITS, type HeldLimits } from '../../../otel/kept/limits.ts'
import type { KeepRules } from '../../../otel/kept/local-trace.ts'
import { recordAll } from '../../../otel/kept/sampler.ts'
import { collectedSpans } from '../collected-spans.ts'

interface Given {
  rules?: Partial<KeepRules>
  head?: Head
  sampler?: Sampler
  limits?: Partial<HeldLimits>
}

/** The SDK with a head that takes nothing, where it is given none, and what is kept for cause of that. */
export function keeping({ rules, head, sampler = new AlwaysOffSampler(), limits }: Given = {}) {
  const { spans, processor: collect } = collectedSpans()
  const said: { message: string; fields: object }[] = []
  const processor = keepForCause(
    [collect],
    {
      rules: { errors: true, slowerMs: undefined, ...rules },
      head: head ?? { oneOf: 100, isParentBased: true },
    },
    (_level, fields, message) => said.push({ message, fields }),
    { ...HELD_LIMITS, ...limits },
  )
  const provider = new TracerProvider({ sampler: recordAll(sampler), spanProcessors: [processor] })
  const tracer = provider.getTracer('test')
  return {
    /** What was exported. */
    spans,
    names: () => spans.map(({ name }) => name),
    /** What was said of what was let go, or kept. */
    said,
    start: (name: string, parent?: Span | Context): Span =>
      tracer.startSpan(name, {}, parent === undefined ? ROOT_CONTEXT : contextOf(parent)),
    shutdown: () => processor.shutdown(),
  }
}

function contextOf(parent: Span | Context): Context {
  return 'spanContext' in parent ? trace.setSpan(ROOT_CONTEXT, parent) : parent
}
