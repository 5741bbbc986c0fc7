import { type Readiness } from './answers/health.ts'
import type { Logger } from './log/lines.ts'
import type { Middleware } from './middleware.ts'

interface RequestOptions {
  logger: Logger
  readiness: Readiness
  health?: boolean
  requestLog?: boolean
}
/**
 * What stands in front of all routes, as one middleware: the health checks, the correlation id, and the line when a
 * request is over; the first and the last where they are not false.
 */
export declare function requests({ logger, readiness, ...wanted }: RequestOptions): Middleware
