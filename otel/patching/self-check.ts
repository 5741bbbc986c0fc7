import http, { get, request } from 'node:http'
import https, { get as secureGet, request as secureRequest } from 'node:https'
import { createRequire } from 'node:module'
import { isWrapped } from '@opentelemetry/instrumentation'
import { z } from 'zod'
import type { Logger } from '../../src/throughline/log/lines.ts'
import { symbolIn } from '../../src/throughline/log/pino-symbols.ts'
import { REGISTER } from '../../src/throughline/settings/as-installed.ts'
import type { Report } from '../export/export-health.ts'
import { isSeen } from '../server/express-routes.ts'
import { areServersTraced } from '../server/server-spans.ts'

/** Which libraries are patched, and which are loaded and are not. */
export interface Patched {
  patched: string[]
  unpatched: string[]
}

export const NOTHING: Patched = { patched: [], unpatched: [] }

/** What nobody can tell by looking: whether log records are exported, and whether undici is listened to. */
export interface Known {
  logs: boolean
  undici: boolean
}

const require = createRequire(import.meta.url)

/**
 * Looks at the modules that are loaded, not at what was configured: an app that was loaded before its
 * instrumentations makes no spans, and nothing else would say so. A library that is not loaded is in neither list;
 * pino counts where its records are to be exported.
 */
export function selfCheck(logger: Logger, known: Known): Patched {
  const found = new Map([
    ['http', isHttpPatched()],
    ['express', isExpressPatched()],
    ['undici', known.undici],
    ['pino', known.logs ? isPinoPatched(logger) : undefined],
  ])
  const names = (state: boolean) =>
    [...found].filter(([, is]) => is === state).map(([name]) => name)
  return { patched: names(true), unpatched: names(false) }
}

/** Both built-ins, by property and by name: `import { get } from 'node:http'` has a binding of its own. */
function isHttpPatched(): boolean {
  const byName = [request, get, secureRequest, secureGet]
  const byProperty = [http.request, http.get, https.request, https.get]
  return [...byName, ...byProperty].every(isWrapped) && areServersTraced()
}

/** Every copy of express that is loaded; undefined where there is none. */
function isExpressPatched(): boolean | undefined {
  const copies = Object.entries(require.cache).filter(([path]) =>
    /[/\\]node_modules[/\\]express[/\\]index\.js$/.test(path),
  )
  if (copies.length === 0) return undefined
  return copies.every(([, module]) => isSeen(module?.exports.request))
}

/** A patched pino makes loggers that write to a stream of its instrumentation's as well. */
function isPinoPatched(logger: Logger): boolean {
  const stream = symbolIn(logger, 'stream')
  const { streams } = Streams.parse(stream && Reflect.get(logger, stream))
  return streams.some((each) => each.stream.constructor.name === 'OTelPinoStream')
}

const Streams = z
  .object({ streams: z.array(z.object({ stream: z.instanceof(Object) })) })
  .catch({ streams: [] })

const UNSEEN = `an Express that no hook saw when it was loaded: a bundler has to leave express outside the bundle (esbuild: --external:express), and ${REGISTER} has to be loaded first`

/** Says once that there is an Express that was not patched: that shows only when an app of it is served. */
export class UnseenExpress {
  readonly #report: Report
  #isSaid = false

  constructor(report: Report) {
    this.#report = report
  }

  /** It stands in the start-up line already. */
  said(): void {
    this.#isSaid = true
  }

  say(): void {
    if (this.#isSaid) return
    this.#isSaid = true
    this.#report('warn', { unpatched: ['express'], reason: UNSEEN }, 'telemetry incomplete')
  }
}
