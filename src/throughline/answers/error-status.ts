import { isError, propertyOf } from './thrown.ts'

/** What a client library leaves on its errors: axios, got, superagent, gaxios and those around fetch. */
const MARKS_OF_A_CLIENT = ['response', 'request', 'config']

/**
 * The status that an error is answered with: its own `status` or `statusCode` from 400 to 499, as Express has it
 * (https://expressjs.com/en/guide/error-handling.html), a 5xx of http-errors, and 500 for all else. What another
 * service answered to a client library of ours is a failure of ours, whatever its status.
 *
 * @example
 * statusOf(Object.assign(new Error('no token was found'), { status: 401 })) // 401
 */
export function statusOf(error: unknown): number {
  if (!isError(error)) return 500
  const own = [propertyOf(error, 'status'), propertyOf(error, 'statusCode')].find(isErrorStatus)
  if (own === undefined) return 500
  if (own >= 500) return isHttpError(error) ? own : 500
  return isOfClientLibrary(error) ? 500 : own
}

/** The `headers` of an http-errors error; a client library's are another service's, and stay here. */
export function headersOf(error: unknown): Record<string, unknown> {
  const headers = propertyOf(error, 'headers')
  if (!isHttpError(error) || isOfClientLibrary(error) || typeof headers !== 'object') return {}
  try {
    return { ...headers }
  } catch {
    return {} // a getter of theirs throws: the answer matters more than its headers
  }
}

function isErrorStatus(status: unknown): status is number {
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status < 600
}

/** http-errors says of each of its errors whether its message may be shown. */
function isHttpError(error: unknown): boolean {
  return isError(error) && typeof propertyOf(error, 'expose') === 'boolean'
}

function isOfClientLibrary(error: unknown): boolean {
  if (MARKS_OF_A_CLIENT.some((mark) => propertyOf(error, mark) != null)) return !isOfNest(error)
  // undici's own carry none of them.
  const code = propertyOf(error, 'code')
  return typeof code === 'string' && code.startsWith('UND_ERR_')
}

/** An HttpException of NestJS, which keeps under `response` what is to be answered. */
function isOfNest(error: unknown): boolean {
  return typeof propertyOf(error, 'getStatus') === 'function'
}
