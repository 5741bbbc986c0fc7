import { EventEmitter } from 'node:events'
import { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import { Server as HttpsServer } from 'node:https'
import {
  metrics as api,
  type Context,
  context,
  type Histogram,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  trace,
} from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import { isHealthCheck } from '../../src/throughline/answers/health.ts'
import { asError } from '../../src/throughline/answers/thrown.ts'
import { Exchange } from './exchange.ts'
import { type ExpressRequest, isSeen, isUnseenExpress } from './express-routes.ts'
import { originOf } from './origin.ts'
import { OTHER, requestAttributes } from './server-attributes.ts'

const SCOPE = 'throughline.server-spans'

export interface ServerTracing {
  /** Whether durations are exported: a metric that nobody reads costs all the same. */
  metrics: boolean
  /** The methods that spans are named after; any other is `_OTHER`. */
  knownMethods: readonly string[]
  /** Told of each server and request with an Express that no hook saw, whose mounts are unknown. */
  onUnseenExpress(): void
  /** Told when a server listens: what an app loads late is loaded by then. */
  onListening(): void
}

/**
 * Gives each request to a server of node:http and node:https its span, and its duration where that is exported, by
 * the stable semantic conventions (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span).
 * Health checks are not traced, nor is what they start. An upgrade and a CONNECT are no requests to Node, and get none.
 */
export function traceServers(options: ServerTracing): void {
  const begin = beginner(options)
  for (const { prototype } of [HttpServer, HttpsServer]) {
    const { emit } = prototype
    prototype.emit = function (this: HttpServer, event: string | symbol, ...args: unknown[]) {
      const [req, res] = args
      if (event === 'request' && req instanceof IncomingMessage && res instanceof ServerResponse) {
        return serve(this, emit, req, res, begin)
      }
      if (event === PROBE) probed = true
      if (event === 'listening') {
        options.onListening()
        if (this.listeners('request').some(isUnseenExpress)) options.onUnseenExpress()
      }
      return Reflect.apply(emit, this, [event, ...args])
    }
  }
}

type Begin = (req: ServedRequest, res: ServerResponse) => Begun

interface Begun {
  /** With its server span. */
  active: Context
  /** Undefined where nobody records or measures it. */
  exchange?: Exchange
}

interface ServedRequest extends ExpressRequest {
  [SERVED]?: true
}

/** On a request that has its span: a server may hand it on to another, by emitting it there. */
const SERVED = Symbol.for('throughline.served')
const UNTRACED = suppressTracing(ROOT_CONTEXT)
const SERVER = { kind: SpanKind.SERVER }

function serve(
  server: HttpServer,
  emit: HttpServer['emit'],
  req: ServedRequest,
  res: ServerResponse,
  begin: Begin,
): boolean {
  if (isHealthCheck(req)) return context.with(UNTRACED, emit, server, 'request', req, res)
  if (req[SERVED]) return Reflect.apply(emit, server, ['request', req, res])
  req[SERVED] = true
  const { active, exchange } = begin(req, res)
  try {
    return context.with(active, () => emit.call(server, 'request', req, res))
  } catch (thrown) {
    exchange?.threw(asError(thrown))
    throw thrown
  }
}

function beginner({ metrics, knownMethods, onUnseenExpress }: ServerTracing): Begin {
  const tracer = trace.getTracer(SCOPE)
  const duration = metrics ? durationHistogram() : undefined
  const known = new Set(knownMethods)

  return (req, res) => {
    const { method: original = OTHER } = req
    const method = known.has(original) ? original : OTHER
    const name = method === OTHER ? 'HTTP' : method
    const parent = propagation.extract(ROOT_CONTEXT, req.headers)
    // Without attributes: each sampler that can be named decides by the trace id and the parent alone, and most of
    // what it turns down would have been described in vain.
    const span = tracer.startSpan(name, SERVER, parent)
    const active = trace.setSpan(parent, span)
    if (!span.isRecording() && duration === undefined) return { active }
    const exchange = new Exchange({ req, res, span, name })
    const origin = originOf(req)
    if (span.isRecording()) span.setAttributes(requestAttributes(req, method, origin))
    const startedAt = duration === undefined ? 0 : performance.now()
    res.on('close', () => {
      exchange.end()
      duration?.record(
        (performance.now() - startedAt) / 1000,
        exchange.dimensions(method, origin.scheme),
        active,
      )
      if (!isSeen(req) && isUnseenExpress(req.app)) onUnseenExpress()
    })
    return { active, exchange }
  }
}

/** https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration */
function durationHistogram(): Histogram {
  return api.getMeter(SCOPE).createHistogram('http.server.request.duration', {
    description: 'Duration of HTTP server requests.',
    unit: 's',
    advice: { explicitBucketBoundaries: BOUNDARIES },
  })
}

const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

const PROBE = Symbol('throughline.probe')
let probed = false

/** Whether an event of a server still gets here: who took our place does not pass it on, who wrapped us does. */
export function areServersTraced(): boolean {
  return [HttpServer, HttpsServer].every(({ prototype }) => {
    probed = false
    Reflect.apply(prototype.emit, new EventEmitter(), [PROBE])
    return probed
  })
}
