import type { TextMapPropagator } from '@opentelemetry/api'
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core'
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3'
import { keepingHome } from '../patching/home-calls.ts'
import type { TelemetryVariables } from './variables.ts'

const MAKE = {
  tracecontext: () => new W3CTraceContextPropagator(),
  baggage: () => new W3CBaggagePropagator(),
  b3: () => new B3Propagator(),
  b3multi: () => new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
  none: () => new CompositePropagator(),
}

/**
 * The propagators that OTEL_PROPAGATORS names, as one; `none` means none at all. Where PROPAGATE_TO is set it injects
 * nothing into the calls to other hosts.
 */
export function propagatorOf(variables: TelemetryVariables): TextMapPropagator {
  const names = variables.OTEL_PROPAGATORS
  if (names.includes('none')) return new CompositePropagator()
  const propagator = new CompositePropagator({ propagators: names.map((name) => MAKE[name]()) })
  return variables.PROPAGATE_TO === undefined ? propagator : keepingHome(propagator)
}
