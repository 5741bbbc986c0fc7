export { errorHandler, notFound } from './throughline/answers/errors.ts'
export { health, type Readiness } from './throughline/answers/health.ts'
export type { Part } from './throughline/ending/parts.ts'
export {
  getContext,
  getCorrelationId,
  type RequestContext,
  runWithContext,
} from './throughline/identity/context.ts'
export { correlation } from './throughline/identity/correlation.ts'
export { type Carrier, toCarrier } from './throughline/jobs/carrier.ts'
export { every, type Repeating, runJob } from './throughline/jobs/jobs.ts'
export { type CarrierOptions, runWithCarrier } from './throughline/jobs/run-with-carrier.ts'
export { identities } from './throughline/log/identities.ts'
export type { Logger, Write } from './throughline/log/lines.ts'
export { requestLog } from './throughline/log/request-log.ts'
export { withIdentities } from './throughline/log/with-identities.ts'
export type { ErrorMiddleware, Middleware, Next } from './throughline/middleware.ts'
export type { Options, PinoOptions } from './throughline/options.ts'
export { propagateCorrelation } from './throughline/outbound/outbound.ts'
export { createHttpServer } from './throughline/server/http-server.ts'
export { BadEnvironment } from './throughline/settings/bad-environment.ts'
export { type CloseOptions, type Throughline, throughline } from './throughline/throughline.ts'
