import type { RequestOptions } from 'node:http'
import { context, type Span } from '@opentelemetry/api'
import { isTracingSuppressed } from '@opentelemetry/core'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino'
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import type { UndiciCall } from '../../src/throughline/outbound/target.ts'
import type { Hosts } from '../../src/throughline/settings/hosts.ts'
import { GrpcCalls } from '../client/grpc-calls.ts'
import { ExpressRoutes } from '../server/express-routes.ts'
import type { Instrumentation } from './added.ts'
import { afterHttpCall, markHttpCall, markUndiciCall } from './home-calls.ts'

declare global {
  /** Patches a pino that no hook sees, since it is loaded as a part of something else. */
  var throughlinePatchPino: (<Pino extends object>(pino: Pino) => Pino) | undefined
}

export interface Wanted {
  /** What there is an exporter for: an instrumentation that nobody listens to costs all the same. */
  metrics: boolean
  logs: boolean
  /** The hosts that the trace may leave to; undefined means every host. */
  propagateTo?: Hosts | undefined
}

/** The instrumentations; constructing them patches what loads from then on. */
export function createInstrumentations({ metrics, logs, propagateTo }: Wanted): Instrumentation[] {
  const always = [
    httpInstrumentation(propagateTo),
    new ExpressRoutes(),
    new GrpcCalls(),
    undiciInstrumentation(propagateTo),
  ]
  return [
    ...always,
    ...(metrics ? [new RuntimeNodeInstrumentation()] : []),
    ...(logs ? [pinoInstrumentation()] : []),
  ]
}

/** Only to send records: the ids on each line are our mixin's, and it alone writes them. */
function pinoInstrumentation(): Instrumentation {
  const instrumentation = new PinoInstrumentation({ disableLogCorrelation: true })
  const [definition] = instrumentation.getModuleDefinitions()
  globalThis.throughlinePatchPino = (pino) => definition?.patch?.(pino) ?? pino
  return instrumentation
}

/** The client half alone: the server half is otel/server/. */
function httpInstrumentation(propagateTo: Hosts | undefined): Instrumentation {
  return new HttpInstrumentation({
    disableIncomingRequestInstrumentation: true,
    ...(propagateTo && { requestHook: afterHttpCall }),
    // Telemetry's own requests would be counted among the app's.
    ignoreOutgoingRequestHook: () => isTracingSuppressed(context.active()),
    startOutgoingSpanHook: (request) => {
      if (propagateTo !== undefined) markHttpCall(request, propagateTo)
      // A query string may hold anything, so none goes onto a span.
      return { 'url.full': urlWithoutQuery(request) }
    },
  })
}

function undiciInstrumentation(propagateTo: Hosts | undefined): Instrumentation {
  return new UndiciInstrumentation({
    ...(propagateTo && {
      requestHook: (span: Span, request: UndiciCall) => markUndiciCall(span, request, propagateTo),
    }),
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
