import type { RequestHandler } from 'router'
import { sendJson } from './answers.ts'

/** Names that resolve to this machine everywhere (RFC 6761), with the dot at their end too, and all its addresses. */
const loopbackName = /^(([^.]+\.)*localhost\.?|127\.\d+\.\d+\.\d+|\[::1\])$/

/** What is let in beside this machine's own names and pages. */
export interface Allowed {
  /** Names under which the viewer answers, as a URL's `hostname`. */
  allowHosts?: readonly string[]
  /** Origins of pages that may send to it. */
  allowOrigins?: readonly string[]
}

/**
 * Lets only requests through that were made to a loopback name and by no foreign page: a web site can
 * point its own name at 127.0.0.1, or post to it, and would read or write traces otherwise.
 */
export function ownOnly({ allowHosts = [], allowOrigins = [] }: Allowed): RequestHandler {
  const isOwn = (url: string) => {
    if (!URL.canParse(url)) return false
    const { hostname } = new URL(url)
    return loopbackName.test(hostname) || allowHosts.includes(hostname)
  }
  return function ownOnly({ headers: { host, origin } }, response, next) {
    if (host === undefined || !isOwn(`http://${host}`))
      sendJson(response, { message: wrongHost }, 421)
    else if (origin !== undefined && !isOwn(origin) && !allowOrigins.includes(origin))
      sendJson(response, { message: wrongOrigin }, 403)
    else next()
  }
}

const wrongHost =
  'open the viewer as http://127.0.0.1 or http://localhost, or start it with --allow-host and the name'
const wrongOrigin =
  'the viewer takes no requests from other web sites; its receiver does from those that --allow-origin names'

/**
 * Lets the pages of this machine's other ports send by script: their origins get the CORS headers, and their preflights
 * an answer. Behind `ownOnly`, which has turned away all others.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export const pagesMaySend: RequestHandler = function pagesMaySend(request, response, next) {
  const { origin } = request.headers
  response.setHeader('Vary', 'Origin')
  if (origin === undefined) return next()
  response.setHeader('Access-Control-Allow-Origin', origin)
  if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method'])
    return next()
  const asked = request.headers['access-control-request-headers'] ?? 'content-type'
  response.setHeader('Access-Control-Allow-Methods', 'POST')
  response.setHeader('Access-Control-Allow-Headers', asked)
  response.setHeader('Access-Control-Max-Age', '7200')
  response.writeHead(204).end()
}

/** Headers under which a page runs and loads only what the viewer itself serves. */
export const strictHeaders: RequestHandler = function strictHeaders(_request, response, next) {
  response.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
      "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  response.setHeader('X-Content-Type-Options', 'nosniff')
  // With no-referrer a browser would not say either that a form of the viewer's own comes from here.
  response.setHeader('Referrer-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  next()
}
