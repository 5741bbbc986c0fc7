import type { TextMapPropagator } from '@opentelemetry/api'
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core'
import type { OtelVariables } from './variables.ts'

/** The propagators that OTEL_PROPAGATORS names, as one; `none` means none at all. */
export async function propagatorOf(variables: OtelVariables): Promise<TextMapPropagator> {
  const names = variables.OTEL_PROPAGATORS
  if (names.includes('none')) return new CompositePropagator()
  const b3 = () => import('@opentelemetry/propagator-b3')
  const make = {
    tracecontext: () => new W3CTraceContextPropagator(),
    baggage: () => new W3CBaggagePropagator(),
    b3: async () => new (await b3()).B3Propagator(),
    b3multi: async () => {
      const { B3Propagator, B3InjectEncoding } = await b3()
      return new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER })
    },
    none: () => new CompositePropagator(),
  }
  return new CompositePropagator({
    propagators: await Promise.all(names.map((name) => make[name]())),
  })
}
