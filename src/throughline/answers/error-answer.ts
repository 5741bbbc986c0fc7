import { type ServerResponse, STATUS_CODES } from 'node:http'
import { getCorrelationId } from '../identity/context.ts'
import type { Logger } from '../log/lines.ts'

/** Headers that tell what the content is, how long to keep it and how to know it again. */
const OF_THE_CONTENT = new Set([
  'accept-ranges',
  'age',
  'cache-control',
  'cdn-cache-control',
  'content-digest',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'digest',
  'etag',
  'expires',
  'last-modified',
  'pragma',
  'repr-digest',
  'surrogate-control',
  'trailer',
  'transfer-encoding',
])

/** What an error's own headers cannot change: how its answer is read, and whose it is. */
const FIXED = new Set([
  'connection',
  'content-encoding',
  'server-timing',
  'trailer',
  'transfer-encoding',
  'x-correlation-id',
])

/**
 * Takes back what the answer that failed has said of its content. The rest stays, as with Express's own final
 * handler: cookies, CORS, security, challenges, both identities.
 */
export function clearContent(res: ServerResponse): void {
  for (const name of res.getHeaderNames()) if (OF_THE_CONTENT.has(name)) res.removeHeader(name)
}

/** Adds the headers that an error asks for, such as Retry-After; one that cannot be sent is a line. */
export function addHeaders(res: ServerResponse, headers: object, logger: Logger): void {
  for (const [name, value] of Object.entries(headers)) {
    if (FIXED.has(name.toLowerCase()) || value === undefined || value === null) continue
    try {
      res.setHeader(name, Array.isArray(value) ? value.map(String) : String(value))
    } catch (err) {
      logger.warn({ header: name, err }, 'header of an error left out')
    }
  }
}

/** Sends a refusal or failure, with a body that says no more than its status and its id. */
export function sendError(res: ServerResponse, status: number): void {
  const body = JSON.stringify(errorBody(status))
  res.statusCode = status
  // A reason phrase that the failed answer had; Node puts the usual one in its place.
  res.statusMessage = ''
  res.setHeader('Content-Type', 'application/json; charset=utf-8')
  res.setHeader('Content-Length', Buffer.byteLength(body))
  res.end(body)
}

/** What every refusal and failure answers, in the request's context. */
export function errorBody(status: number): object {
  return { error: nameOf(status), correlationId: getCorrelationId() }
}

/** A status in words, as the body has it. */
export function nameOf(status: number): string {
  return status === 500 ? 'internal' : (STATUS_CODES[status] ?? 'error').toLowerCase()
}
