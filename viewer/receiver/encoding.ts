import type { IncomingMessage } from 'node:http'
import { BodyError } from '../http/body.ts'
import { mediaType, parseJson } from '../http/json-body.ts'
import { readMessage, statusMessage, takenMessage } from './protobuf.ts'
import type { Signal, Taken } from './signals.ts'

/** One of the two ways in which OTLP goes over HTTP; an answer comes in that of its request. */
export interface Encoding {
  type: string
  /** Reads a body to what its JSON is parsed to; throws a BodyError. */
  read(body: Buffer, signal: Signal, request: IncomingMessage): unknown
  taken(signal: Signal, taken: Taken): string | Buffer
  /** A failure, google.rpc.Code and a text, as `google.rpc.Status`. */
  status(code: number, message: string): string | Buffer
}

const json: Encoding = {
  type: 'application/json; charset=utf-8',
  read: (body, _signal, request) => parseJson(body, mediaType(request)?.params.get('charset')),
  taken({ counter }, { rejected, reason: errorMessage }) {
    // An int64 is a string in protobuf's JSON; none rejected and a message is a warning.
    const count = rejected > 0 ? { [counter]: String(rejected) } : {}
    return JSON.stringify({ partialSuccess: { ...count, errorMessage } })
  },
  status: (code, message) => JSON.stringify({ code, message }),
}

const protobuf: Encoding = {
  type: 'application/x-protobuf',
  read: (body, signal) => readMessage(body, signal.request),
  taken: (_signal, { rejected, reason }) => takenMessage(rejected, reason),
  status: statusMessage,
}

const encodings = new Map([
  ['application/json', json],
  ['application/x-protobuf', protobuf],
])

/** The encoding that a request says it has; throws a BodyError (415) where that is none of OTLP's. */
export function encodingOf(request: IncomingMessage): Encoding {
  const encoding = encodings.get(mediaType(request)?.essence ?? '')
  if (encoding) return encoding
  const { 'content-type': type = 'no content-type' } = request.headers
  const known = [...encodings.keys()].join(' or ')
  throw new BodyError(415, `the viewer takes OTLP as ${known}, not ${type}`)
}

/** In which its failure is said: JSON where it has none. */
export const encodingOfFailure = (request: IncomingMessage): Encoding =>
  encodings.get(mediaType(request)?.essence ?? '') ?? json
