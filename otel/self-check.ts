import { channel } from 'node:diagnostics_channel'
import http, { get, request } from 'node:http'
import https, { get as secureGet, request as secureRequest } from 'node:https'
import { createRequire } from 'node:module'
import { isWrapped } from '@opentelemetry/instrumentation'
import type { Logger } from 'pino'
import { z } from 'zod'

/** Which libraries are patched, and which are loaded and are not. */
export interface Patched {
  patched: string[]
  unpatched: string[]
}

/**
 * Looks at the modules that are loaded, not at what was configured: an app that was loaded before its
 * instrumentations makes no spans, and nothing else would say so. A library that is not loaded is in neither list;
 * pino counts where its records are to be exported.
 */
export function selfCheck(logger: Logger, wanted: { logs: boolean }): Patched {
  const found = new Map([
    ['http', isHttpPatched()],
    ['express', isExpressPatched()],
    ['undici', isUndiciPatched()],
    ['pino', wanted.logs ? isPinoPatched(logger) : undefined],
  ])
  const names = (state: boolean) =>
    [...found].filter(([, is]) => is === state).map(([name]) => name)
  return { patched: names(true), unpatched: names(false) }
}

/** Both built-ins, by property and by name: `import { get } from 'node:http'` has a binding of its own. */
function isHttpPatched(): boolean {
  const byName = [request, get, secureRequest, secureGet]
  const byProperty = [http.request, http.get, https.request, https.get]
  const servers = [http.Server.prototype.emit, https.Server.prototype.emit]
  return [...byName, ...byProperty, ...servers].every(isWrapped)
}

/** Every copy of express that is loaded; undefined where there is none. */
function isExpressPatched(): boolean | undefined {
  const { cache } = createRequire(import.meta.url)
  const copies = Object.entries(cache).filter(([path]) =>
    /[/\\]node_modules[/\\]express[/\\]index\.js$/.test(path),
  )
  if (copies.length === 0) return undefined
  return copies.every(([, module]) => isWrapped(module?.exports.application.use))
}

/** fetch and undici publish to channels; patched is whoever listens there for tracing. */
function isUndiciPatched(): boolean {
  const listeners: unknown = Reflect.get(channel('undici:request:create'), '_subscribers')
  return Array.isArray(listeners) && listeners.some(({ name }) => name === 'bound onRequestCreated')
}

/** The app's own logger writes to OpenTelemetry's stream besides its own. */
function isPinoPatched(logger: Logger): boolean {
  const symbol = Object.getOwnPropertySymbols(logger).find(
    ({ description }) => description === 'pino.stream',
  )
  const { streams } = z
    .object({ streams: Streams })
    .catch({ streams: [] })
    .parse(symbol && Reflect.get(logger, symbol))
  return streams.some(({ stream }) => stream.constructor.name === 'OTelPinoStream')
}

const Streams = z.array(z.object({ stream: z.instanceof(Object) }))
