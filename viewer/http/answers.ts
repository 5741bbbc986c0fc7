import type { ServerResponse } from 'node:http'

/** Answers with a value as JSON. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value))
}

export function sendHtml(response: ServerResponse, html: string, status = 200): void {
  send(response, status, 'text/html; charset=utf-8', html)
}

export function sendText(response: ServerResponse, text: string, status = 200): void {
  send(response, status, 'text/plain; charset=utf-8', text)
}

/** Leads to another page, which is then asked for with GET; the location is ASCII. */
export function seeOther(response: ServerResponse, location: string): void {
  response.setHeader('Location', location)
  sendText(response, `See Other. Redirecting to ${location}`, 303)
}

/** Node itself leaves the text out where HEAD asked. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
): void {
  response.statusCode = status
  response.setHeader('Content-Type', type)
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(body)
}
