import {
  type Context,
  createContextKey,
  ROOT_CONTEXT,
  type Span,
  type TextMapPropagator,
  type Tracer,
  type TracerProvider,
  trace,
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

const SHARED = Symbol.for('opentelemetry.js.api.1')

/** What all copies of the API share; undefined where nothing was ever registered. */
export function sharedApi(): SharedApi | undefined {
  // Once it is there it stays, and what is in it changes.
  shared ??= Reflect.get(globalThis, SHARED)
  return shared
}

let shared: SharedApi | undefined

/** The active context, whichever copy of the API has the context manager. */
export function activeContext(): Context {
  return sharedApi()?.context?.active() ?? ROOT_CONTEXT
}

/** Runs `fn` with this context active. */
export function withContext<T>(context: Context, fn: () => T): T {
  const manager = sharedApi()?.context
  return manager === undefined ? fn() : manager.with(context, fn)
}

/** The active span; undefined where there is none. */
export function activeSpan(): Span | undefined {
  return trace.getSpan(activeContext())
}

/** Where the http instrumentation keeps the server span of a request; all versions of OpenTelemetry's core agree. */
const RPC_METADATA = createContextKey('OpenTelemetry SDK Context Key RPC_METADATA')

/** The active context, with the request's server span active where a layer of the app has a span of its own. */
export function serverContext(): Context {
  const context = activeContext()
  const metadata = context.getValue(RPC_METADATA)
  if (!(metadata instanceof Object && 'span' in metadata && isSpan(metadata.span))) return context
  const { span } = metadata
  return span === trace.getSpan(context) ? context : trace.setSpan(context, span)
}

function isSpan(span: unknown): span is Span {
  return span instanceof Object && 'spanContext' in span && 'setAttribute' in span
}

/** Makes spans of ours, with whoever's SDK; without one they are nothing. */
export function tracer(): Tracer {
  return (sharedApi()?.trace ?? trace).getTracer('throughline')
}

/** The class of what holds a place, such as `NodeTracerProvider`; undefined where it is free. */
export function holderOf(place: Place): string | undefined {
  // A bundler numbers the classes of one name.
  return providerAt(place)?.constructor.name.replace(/\$\d+$/, '')
}

/** What holds a place; undefined where it is free. */
export function providerAt(place: Place): object | undefined {
  const registered = sharedApi()?.[place]
  if (!(registered instanceof Object)) return undefined
  // The API keeps a tracer provider behind a proxy.
  const behind = 'getDelegate' in registered && registered.getDelegate
  const real: unknown = typeof behind === 'function' ? behind.call(registered) : registered
  return real instanceof Object ? real : undefined
}
