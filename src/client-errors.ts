import { randomUUID } from 'node:crypto'
import { type Server, ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Logger } from 'pino'
import { runWithContext } from './context.ts'
import { CORRELATION_HEADER } from './correlation.ts'
import { errorBody } from './errors.ts'

/** What the parser's and the server's errors mean to the client; anything else is 400. */
const STATUS_OF = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
])

/**
 * Answers what is not HTTP, or comes too slowly, in the shape of every other refusal: left alone, Node answers
 * without an id and without a line. What never
 * reached the app gets an id of its own.
 */
export function answerClientErrors(server: Server, logger: Logger): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // Nobody reads an answer on a socket that is gone, and half an answer cannot be taken back.
    const response = openResponse(socket)
    if (!socket.writable || response?.headersSent) return socket.destroy(error)
    const status = STATUS_OF.get(error.code ?? '') ?? 400
    const correlationId = String(response?.getHeader(CORRELATION_HEADER) ?? randomUUID())
    runWithContext({ correlationId, startedAt: Date.now() }, () => {
      // The code alone: the message and the packet quote what was sent.
      logger.warn({ status, reason: error.code }, 'request refused')
      socket.write(answer(status, correlationId))
    })
    socket.destroySoon()
  })
}

function answer(status: number, correlationId: string): string {
  const body = JSON.stringify(errorBody(status))
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `${CORRELATION_HEADER}: ${correlationId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

/** The response that the socket is busy with, as Node itself looks for it (lib/_http_server.js, socketOnError). */
function openResponse(socket: Socket): ServerResponse | undefined {
  const response: unknown = Reflect.get(socket, '_httpMessage')
  return response instanceof ServerResponse ? response : undefined
}
