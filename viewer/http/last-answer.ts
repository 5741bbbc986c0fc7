import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { NextFunction } from 'router'
import { sendText } from './answers.ts'

/** Answers what no route has, or has failed at: the status in words, and no detail of the error. */
export function lastAnswer(response: ServerResponse): NextFunction {
  return function lastAnswer(error) {
    const status = statusOf(error)
    if (status === 500) console.error(error)
    if (response.headersSent)
      response.destroy() // half an answer cannot be taken back
    else sendText(response, STATUS_CODES[status] ?? '', status)
  }
}

/** The router throws an URIError at a % in the path that means nothing. */
function statusOf(error: unknown): number {
  if (!error) return 404
  return error instanceof URIError ? 400 : 500
}
