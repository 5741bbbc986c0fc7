import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendJson, sendProtobuf } from '../http/answers.ts'
import { BodyError, readBody } from '../http/body.ts'
import { mediaType, readJson } from '../http/json-body.ts'
import { readMessage, statusMessage, takenMessage } from './protobuf.ts'
import type { Signal, Taken } from './signals.ts'

/** One of the two ways in which OTLP goes over HTTP; an answer comes in that of its request. */
export interface Encoding {
  /** Reads a request's body to what its JSON is parsed to; throws a BodyError. */
  read(request: IncomingMessage, signal: Signal, maxBytes: number): Promise<unknown>
  answer(response: ServerResponse, signal: Signal, taken: Taken): void
  /** Answers with a failure: google.rpc.Code and a text, as `google.rpc.Status`. */
  fail(response: ServerResponse, status: number, code: number, message: string): void
}

const json: Encoding = {
  read: (request, _signal, maxBytes) => readJson(request, maxBytes),
  answer(response, { counter }, { rejected, reason: errorMessage }) {
    // An int64 is a string in protobuf's JSON; none rejected and a message is a warning.
    const count = rejected > 0 ? { [counter]: String(rejected) } : {}
    sendJson(response, { partialSuccess: { ...count, errorMessage } })
  },
  fail: (response, status, code, message) => sendJson(response, { code, message }, status),
}

const protobuf: Encoding = {
  async read(request, signal, maxBytes) {
    return readMessage(await readBody(request, maxBytes), signal.request)
  },
  answer: (response, _signal, taken) => sendProtobuf(response, takenMessage(taken)),
  fail: (response, status, code, message) =>
    sendProtobuf(response, statusMessage(code, message), status),
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

/** Answers with a failure in the request's encoding, in JSON where it has none. */
export function fail(response: ServerResponse, status: number, code: number, message: string) {
  const encoding = encodings.get(mediaType(response.req)?.essence ?? '') ?? json
  encoding.fail(response, status, code, message)
}
