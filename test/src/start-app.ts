import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import type { RequestListener } from 'node:http'
import type { TestContext } from 'node:test'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { z } from 'zod'
import { type AppOptions, createApp } from '../../src/app.ts'
import { processOrder } from '../../src/orders.ts'
import { inProcessQueue } from '../../src/queue/in-process-queue.ts'
import { errorHandler, notFound } from '../../src/throughline/answers/errors.ts'
import type { Readiness } from '../../src/throughline/answers/health.ts'
import { createLogger } from '../../src/throughline/log/logger.ts'
import { propagateCorrelation } from '../../src/throughline/outbound/outbound.ts'
import { requests } from '../../src/throughline/requests.ts'
import { createHttpServer, LIMITS } from '../../src/throughline/server/http-server.ts'
import { listen } from '../listen.ts'

export type Line = Record<string, unknown>

interface Options {
  readiness?: Readiness
  downstreamUrl?: string
  /** Where orders go; a queue in the process by default. */
  queue?: AppOptions['queue']
  traceUiUrl?: string
  level?: string
  levelOnFailure?: string
  /** More routes; they get the app's logger. */
  routes?: (logger: Logger) => RequestHandler[]
  /** What stands around the app, as the http instrumentation does. */
  around?: (app: RequestListener) => RequestListener
  limits?: Partial<typeof LIMITS>
}

/** The whole app on a free port, writing its lines into memory; the test's end closes it. */
export async function startApp(t: TestContext, options: Options = {}) {
  const { readiness = { ready: true }, routes = () => [], around = (app) => app } = options
  propagateCorrelation()
  const { lines, waitForLine, destination } = linesInMemory()
  const { level = 'trace', levelOnFailure, traceUiUrl } = options
  const logger = createLogger({ level, levelOnFailure, traceUiUrl }, destination)
  let url = ''
  const own = inProcessQueue({ process: processOrder(logger), logger, pauseMs: 1 })
  const app = createApp({
    logger,
    queue: options.queue ?? own,
    requests: requests({ logger, readiness }),
    errors: [notFound, errorHandler(logger)],
    downstreamUrl: () => options.downstreamUrl ?? `${url}/echo`,
    routes: routes(logger),
  })
  const server = createHttpServer(around(app), logger, { ...LIMITS, ...options.limits })
  url = `http://127.0.0.1:${await listen(server)}`
  t.after(async () => {
    server.close()
    server.closeAllConnections()
    if (server.listening) await once(server, 'close')
  })
  return { url, lines, waitForLine, logger, server }
}

/** Log lines as they come; one that does not parse, or has a key twice, is an error. */
export function linesInMemory() {
  const lines: Line[] = []
  const arrivals = new EventEmitter()
  arrivals.setMaxListeners(0)
  const destination = {
    write(text: string) {
      const line = z.record(z.string(), z.unknown()).parse(JSON.parse(text))
      // What stands in the text twice comes back once.
      assert.equal(`${JSON.stringify(line)}\n`, text, 'a line without a repeated key')
      lines.push(line)
      arrivals.emit('line')
    },
  }
  /** The first line with this message, that `fits`: at once, or when it arrives. */
  const waitForLine = async (message: string, fits: (line: Line) => boolean = () => true) => {
    for (;;) {
      const found = lines.find((line) => line.msg === message && fits(line))
      if (found !== undefined) return found
      await once(arrivals, 'line')
    }
  }
  return { lines, waitForLine, destination }
}
