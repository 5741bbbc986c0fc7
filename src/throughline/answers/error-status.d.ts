/**
 * The status that an error is answered with: its own `status` or `statusCode` from 400 to 499, as Express has it
 * (https://expressjs.com/en/guide/error-handling.html), a 5xx of http-errors, and 500 for all else. What another
 * service answered to a client library of ours is a failure of ours, whatever its status.
 *
 * @example
 * statusOf(Object.assign(new Error('no token was found'), { status: 401 })) // 401
 */
export declare function statusOf(error: unknown): number
/** The `headers` of an http-errors error; a client library's are another service's, and stay here. */
export declare function headersOf(error: unknown): Record<string, unknown>
