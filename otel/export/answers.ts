import { subscribe } from 'node:diagnostics_channel'
import { ClientRequest, IncomingMessage } from 'node:http'
import { reasonOf } from '../../src/throughline/answers/reason.ts'
import { type CurrentExport, currentExport } from './current-export.ts'

/** The requests that exporters have made. */
const attempts = new WeakMap<ClientRequest, CurrentExport>()
let listening = false

/**
 * Tells each export over HTTP what came of its attempts. The exporters take any answer below 300 for a collector's,
 * also the page of a web server, and say nothing of an attempt that they repeat.
 */
export function listenForAnswers(): void {
  if (listening) return
  listening = true
  subscribe('http.client.request.created', (message) => {
    const told = currentExport()
    if (told !== undefined && isAttempt(message)) attempts.set(message.request, told)
  })
  subscribe('http.client.request.error', (message) => {
    if (!isAttempt(message)) return
    const { request, error } = message
    const told = attempts.get(request)
    if (isParseError(error)) told?.answered(NOT_HTTP)
    else told?.unanswered(reasonOf(error))
  })
  subscribe('http.client.response.finish', (message) => {
    if (!isAttempt(message)) return
    const { request, response } = message
    const told = attempts.get(request)
    if (told !== undefined && response instanceof IncomingMessage) hear(response, told)
  })
}

const NOT_HTTP =
  'answered in another protocol than HTTP/1: for a gRPC receiver, set OTEL_EXPORTER_OTLP_PROTOCOL=grpc'

/** Node's parser has a code of its own for each way not to be HTTP. */
function isParseError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('HPE_')
}

/** What node:http publishes of a call, of the app's own ones too. */
interface Attempt {
  request: ClientRequest
  response?: unknown
  error?: unknown
}

function isAttempt(message: unknown): message is Attempt {
  return (
    typeof message === 'object' &&
    message !== null &&
    'request' in message &&
    message.request instanceof ClientRequest
  )
}

/** Published before the exporter has the response, so this hears its end before the exporter does. */
function hear(response: IncomingMessage, told: CurrentExport): void {
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk))
  response.on('end', () => told.answered(refusalIn(response, Buffer.concat(chunks))))
}

/**
 * Why an answer is no collector's success; undefined where it is one: a status of 200 to 299, and nothing in it or
 * OTLP's response (https://opentelemetry.io/docs/specs/otlp/#otlphttp-response).
 */
function refusalIn(response: IncomingMessage, body: Buffer): string | undefined {
  const { statusCode: status = 0, statusMessage, headers } = response
  if (status >= 300 && status < 400) return `answered ${status}, ${movedTo(headers.location)}`
  if (status >= 400) return `answered ${status} ${statusMessage}`
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (body.length === 0 || isResponse(type, body)) return
  return `answered ${status} with ${type ?? 'a body of no type'}, which is no OTLP receiver's answer: over HTTP it is usually on port 4318`
}

/** A body in the other encoding than was asked for is a collector's all the same. */
function isResponse(type: string | undefined, body: Buffer): boolean {
  if (type === 'application/x-protobuf' || type === 'application/protobuf') return true
  if (type === 'application/json') return isJsonObject(body)
  return type === undefined && (isJsonObject(body) || body[0] === FIRST_BYTE)
}

/** What the one field of a response in protobuf begins with. */
const FIRST_BYTE = 0x0a

function isJsonObject(body: Buffer): boolean {
  try {
    const json: unknown = JSON.parse(body.toString())
    return typeof json === 'object' && json !== null && !Array.isArray(json)
  } catch {
    return false
  }
}

/** Without its query, which may be private. */
function movedTo(location: string | undefined): string {
  return location === undefined ? 'moved elsewhere' : `moved to ${location.split('?', 1)[0]}`
}
