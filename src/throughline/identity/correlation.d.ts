import type { Logger } from '../log/lines.ts'
import type { Middleware } from '../middleware.ts'
/** The header that carries the correlation id, in and out. */
export declare const CORRELATION_HEADER = 'x-correlation-id'
/** The span attribute that carries the correlation id. */
export declare const CORRELATION_ATTRIBUTE = 'correlation.id'
/**
 * Opens the store for the request: keeps a valid `x-correlation-id`, mints a v4 UUID otherwise, which then stands in
 * the request in place of what was sent. Met again, in an app that is mounted in another, it does nothing.
 */
export declare function correlation(logger: Pick<Logger, 'warn'>): Middleware
/** Whether a text may be a correlation id: 1 to 128 characters from `A-Z a-z 0-9 . _ : / + = @ -`. */
export declare function isCorrelationId(text: string): boolean
