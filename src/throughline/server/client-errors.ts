import { randomUUID } from 'node:crypto'
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { errorBody } from '../answers/error-answer.ts'
import { CORRELATION_HEADER } from '../identity/correlation.ts'
import { contextOf, resume } from '../identity/own-context.ts'
import type { Logger } from '../log/lines.ts'

/** What the parser's and the server's errors mean to the client; anything else is 400. */
const STATUS_OF = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
])

/** On a connection, its latest response. */
const LATEST = Symbol('latest')
type Connection = Socket & { [LATEST]?: ServerResponse }

/** The client hung up before the end of its request. */
const HUNG_UP = 'HPE_INVALID_EOF_STATE'

/**
 * Answers what is not HTTP, or comes too slowly, in the shape of every other refusal: left alone, Node answers
 * without an id and without a line. What never reached the app gets an id of its own.
 */
export function answerClientErrors(server: Server, logger: Logger): void {
  server.on('request', ({ socket }: { socket: Connection }, res) => {
    socket[LATEST] = res
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Connection) => {
    const open = openOf(socket[LATEST])
    if (!socket.writable || (open !== undefined && !isOwed(open, error))) {
      return socket.destroy(error)
    }
    const status = STATUS_OF.get(error.code ?? '') ?? 400
    const known = open && contextOf(open)
    const own = known ?? { correlationId: randomUUID(), startedAt: Date.now() }
    resume(own, () => {
      // The code alone: the message and the packet quote what was sent.
      logger.warn({ status, reason: error.code }, 'request refused')
      socket.write(answer(status, own.correlationId))
    })
    socket.destroySoon()
  })
}

/** The response, while its client is waiting for it. */
function openOf(response: ServerResponse | undefined): ServerResponse | undefined {
  return response?.writableFinished ? undefined : response
}

/**
 * Whether a refusal can stand in the place of the response: half an answer cannot be taken back, one that waits for
 * its turn would be overtaken, and a client that hung up in mid-request reads none: `request aborted` says it.
 */
function isOwed(response: ServerResponse, error: NodeJS.ErrnoException): boolean {
  return !response.headersSent && response.socket !== null && error.code !== HUNG_UP
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
