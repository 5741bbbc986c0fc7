import { type IncomingMessage, type RequestOptions, ServerResponse } from 'node:http'
import { context } from '@opentelemetry/api'
import { getRPCMetadata, isTracingSuppressed } from '@opentelemetry/core'
import type { InstrumentationBase } from '@opentelemetry/instrumentation'
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino'
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { isHealthCheck } from '../src/health.ts'

/** What there is an exporter for: an instrumentation that nobody listens to costs all the same. */
export interface Wanted {
  metrics: boolean
  logs: boolean
}

/** The instrumentations; constructing them patches what loads from then on. */
export function createInstrumentations({ metrics, logs }: Wanted): InstrumentationBase[] {
  const always = [httpInstrumentation(), expressInstrumentation(), undiciInstrumentation()]
  return [
    ...always,
    ...(metrics ? [new RuntimeNodeInstrumentation()] : []),
    // Only to send records: the ids on each line are our mixin's, and it alone writes them.
    ...(logs ? [new PinoInstrumentation({ disableLogCorrelation: true })] : []),
  ]
}

function httpInstrumentation(): InstrumentationBase {
  return new HttpInstrumentation({
    ignoreIncomingRequestHook: isHealthCheck,
    // Telemetry's own requests would be counted among the app's.
    ignoreOutgoingRequestHook: () => isTracingSuppressed(context.active()),
    // A query string may hold anything, so none goes onto a span.
    startIncomingSpanHook: () => ({ 'url.query': undefined }),
    startOutgoingSpanHook: (request) => ({ 'url.full': urlWithoutQuery(request) }),
    responseHook: (_span, response) => forgetRouteOfUnrouted(response),
  })
}

/** The name of a server span and its http.route come from here, without a span for each Express layer. */
function expressInstrumentation(): InstrumentationBase {
  const { MIDDLEWARE, REQUEST_HANDLER, ROUTER } = ExpressLayerType
  return new ExpressInstrumentation({ ignoreLayersType: [MIDDLEWARE, REQUEST_HANDLER, ROUTER] })
}

function undiciInstrumentation(): InstrumentationBase {
  return new UndiciInstrumentation({
    startSpanHook: ({ origin, path }) => ({
      'url.full': `${origin}${path.split('?', 1)[0]}`,
      'url.query': undefined,
    }),
  })
}

/** `url.full` of a node:http call: neither query nor credentials. */
function urlWithoutQuery(request: RequestOptions): string {
  const host = request.hostname ?? request.host ?? 'localhost'
  const url = new URL(
    `${request.protocol ?? 'http:'}//${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}`,
  )
  if (request.port) url.port = String(request.port)
  url.pathname = request.path?.split('?', 1)[0] ?? '/'
  return url.href
}

/**
 * Express leaves the mount path of a router that no route of it answered, such as `/api`, as the route. Called when
 * the response is created, before the instrumentation's own listener reads the route.
 */
function forgetRouteOfUnrouted(response: IncomingMessage | ServerResponse): void {
  if (!(response instanceof ServerResponse)) return
  const metadata = getRPCMetadata(context.active())
  response.once('close', () => {
    const routed = 'route' in response.req && response.req.route !== undefined
    if (metadata !== undefined && !routed) delete metadata.route
  })
}
