import type { Middleware } from '../middleware.ts'
import type { Logger } from './lines.ts'
/**
 * One line a request when its response is over: `request completed`, or `request aborted` when the client left; one
 * also where it is met again, in an app that is mounted in another. Throws a TypeError where the logger is not pino's.
 */
export declare function requestLog(logger: Logger): Middleware
