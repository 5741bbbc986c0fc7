import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { propertyOf } from './thrown.ts'

/** What streams and signals say when the other end goes, as code or name. */
const LEAVING = [
  'AbortError',
  'ERR_CANCELED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_UNABLE_TO_PIPE',
]

/**
 * Whether an error, or its cause, is nothing but the client's leaving: what Node, body parsers and pipelines make of
 * a request that was cut off. `request aborted` says it already. Anything else that fails after the client has left
 * is a failure all the same.
 */
export function isLeaving(error: unknown, req: IncomingMessage, res: ServerResponse): boolean {
  if (!isGone(req, res)) return false
  return [error, propertyOf(error, 'cause')].some(
    (one) => isAbort(one, req) || (isOfStream(one) && hasLeft(req, res)),
  )
}

/** Whether the connection is over, whoever ended it. */
export function isGone(req: IncomingMessage, res: ServerResponse): boolean {
  return socketOf(req, res)?.destroyed ?? false
}

/** A pipeline that fails takes the socket from its request, so that the response can still be sent. */
function socketOf(req: IncomingMessage, res: ServerResponse): Socket | null {
  return req.socket ?? res.socket
}

/** Node's own error of a request that was cut off, or a body parser's, which all use the same two words. */
function isAbort(error: unknown, req: IncomingMessage): boolean {
  const message = propertyOf(error, 'message')
  if (typeof message !== 'string') return false
  return (error === req.errored && message === 'aborted') || /^request aborted$/i.test(message)
}

function isOfStream(error: unknown): boolean {
  return LEAVING.some(
    (word) => word === propertyOf(error, 'code') || word === propertyOf(error, 'name'),
  )
}

/** Whether the client ended the connection: a stream that fails destroys it too, and that is our failure. */
function hasLeft(req: IncomingMessage, res: ServerResponse): boolean {
  const socket = socketOf(req, res)
  if (socket === null) return false
  const ofOurs = socket.errored === res.errored || socket.errored === req.errored
  return socket.readableEnded || (socket.errored !== null && !ofOurs)
}
