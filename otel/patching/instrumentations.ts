import type { RequestOptions } from 'node:http'
import { context } from '@opentelemetry/api'
import { isTracingSuppressed } from '@opentelemetry/core'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino'
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { ExpressRoutes } from '../server/express-routes.ts'
import type { Instrumentation } from './added.ts'

declare global {
  /** Patches a pino that no hook sees, since it is loaded as a part of something else. */
  var throughlinePatchPino: (<Pino extends object>(pino: Pino) => Pino) | undefined
}

/** What there is an exporter for: an instrumentation that nobody listens to costs all the same. */
export interface Wanted {
  metrics: boolean
  logs: boolean
}

/** The instrumentations; constructing them patches what loads from then on. */
export function createInstrumentations({ metrics, logs }: Wanted): Instrumentation[] {
  const always = [httpInstrumentation(), new ExpressRoutes(), undiciInstrumentation()]
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
function httpInstrumentation(): Instrumentation {
  return new HttpInstrumentation({
    disableIncomingRequestInstrumentation: true,
    // Telemetry's own requests would be counted among the app's.
    ignoreOutgoingRequestHook: () => isTracingSuppressed(context.active()),
    // A query string may hold anything, so none goes onto a span.
    startOutgoingSpanHook: (request) => ({ 'url.full': urlWithoutQuery(request) }),
  })
}

function undiciInstrumentation(): Instrumentation {
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
