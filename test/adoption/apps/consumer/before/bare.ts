import type { Server } from 'node:http'
import {
  BadEnvironment,
  correlation,
  createHttpServer,
  type ErrorMiddleware,
  errorHandler,
  getContext,
  getCorrelationId,
  health,
  identities,
  type Logger,
  type Middleware,
  notFound,
  type Options,
  type Part,
  propagateCorrelation,
  type RequestContext,
  requestLog,
  runWithContext,
  type Throughline,
  throughline,
  withIdentities,
} from 'throughline'
import { correlationSpans, type Instrumentation, start } from 'throughline/otel'

const options: Options = { logger: { level: 'debug', redact: ['password'] }, health: false }
const made: Throughline = throughline()
const { logger, requests, errors, closeInOrder, recordFailure, readiness } = throughline({
  logger: { name: 'consumer' },
  traceUiUrl: 'http://localhost:16686',
})
const own: Logger = withIdentities(logger)
own.info({ orders: 3 }, 'counted')
own.child({ part: 'stock' }).warn('low')

const first: Middleware[] = [requests, correlation(logger), requestLog(logger), health(readiness)]
const last: (Middleware | ErrorMiddleware)[] = [...errors, notFound, errorHandler(logger)]
const server: Server = createHttpServer((_req, res) => res.end(getCorrelationId()), logger)
const pool: Part = { name: 'pool', close: async () => {} }
closeInOrder(server, { close: [pool], drainMs: 0, timeoutMs: 5000 })
recordFailure(new BadEnvironment('no pool'))
propagateCorrelation()

const job: RequestContext = { correlationId: 'abc-123', startedAt: Date.now() }
const id: string | undefined = runWithContext(job, () => getContext()?.correlationId)
const fields: Record<string, string> = identities({}, 'error')
const instrumentations: Instrumentation[] = []
start({ instrumentations })

export { correlationSpans, fields, first, id, last, made, options }
