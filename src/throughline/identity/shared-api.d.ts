import {
  type Context,
  type Span,
  type TextMapPropagator,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api'
/** A place in OpenTelemetry's API that whoever registers first holds alone. */
export type Place = 'trace' | 'context' | 'propagation' | 'metrics' | 'logs'
/**
 * What is registered, by whatever copy of the API: all of version 1 keep it here, with the version of the first.
 *
 * Our own copy of the API looks away where an older one was first. The app's identities must not: a line in a trace of
 * another SDK has its ids all the same.
 */
interface SharedApi extends Partial<Record<Place, unknown>> {
  version?: unknown
  context?: {
    active(): Context
    with<T>(context: Context, fn: () => T): T
  }
  propagation?: TextMapPropagator
  trace?: TracerProvider
}
/** What all copies of the API share; undefined where nothing was ever registered. */
export declare function sharedApi(): SharedApi | undefined
/** The active context, whichever copy of the API has the context manager. */
export declare function activeContext(): Context
/** Runs `fn` with this context active. */
export declare function withContext<T>(context: Context, fn: () => T): T
/** The active span; undefined where there is none. */
export declare function activeSpan(): Span | undefined
/** The active context, with the request's server span active where a layer of the app has a span of its own. */
export declare function serverContext(): Context
/** Makes spans of ours, with whoever's SDK; without one they are nothing. */
export declare function tracer(): Tracer
/** The class of what holds a place, such as `NodeTracerProvider`; undefined where it is free. */
export declare function holderOf(place: Place): string | undefined
/** What holds a place; undefined where it is free. */
export declare function providerAt(place: Place): object | undefined
