import type { ServerResponse } from 'node:http'

/** Answers with a value as JSON. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  send(response, status, 'application/json', JSON.stringify(value))
}

/** Answers with a message in protobuf's binary encoding. */
export function sendProtobuf(response: ServerResponse, message: Buffer, status = 200): void {
  response.writeHead(status, {
    'Content-Type': 'application/x-protobuf',
    'Content-Length': message.length,
  })
  response.end(message)
}

export function sendHtml(response: ServerResponse, html: string, status = 200): void {
  send(response, status, 'text/html', html)
}

export function sendText(response: ServerResponse, text: string, status = 200): void {
  send(response, status, 'text/plain', text)
}

/** Leads to another page, which is then asked for with GET; the location is ASCII. */
export function seeOther(response: ServerResponse, location: string): void {
  response.setHeader('Location', location)
  sendText(response, `See Other. Redirecting to ${location}`, 303)
}

/** Node itself leaves the text out where HEAD asked. */
function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.statusCode = status
  response.setHeader('Content-Type', `${type}; charset=utf-8`)
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.end(text)
}
