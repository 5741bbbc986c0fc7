import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import type { Socket } from 'node:net'
import { PassThrough, Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { suite, test } from 'node:test'
import { setImmediate as later } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Request, RequestHandler, Response } from 'express'
import createError from 'http-errors'
import { rawConnection, rawRequest } from '../../raw-request.ts'
import { type Line, startApp } from '../../start-app.ts'
import { traceInProcess } from '../../trace-in-process.ts'

const HEAD = 'POST /any HTTP/1.1\r\nHost: x\r\nx-correlation-id: left-1\r\n'
const JSON_TYPE = 'Content-Type: application/json\r\n'

const bodies: [string, string][] = [
  ['JSON', `${HEAD}${JSON_TYPE}Content-Length: 99\r\n\r\n{"half":`],
  ['JSON in chunks', `${HEAD}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":`],
]
const UPLOAD = `${HEAD}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 99\r\n\r\n--b\r\n`

const leaving: [string, (socket: Socket) => void][] = [
  ['hangs up', (socket) => socket.destroy()],
  ['closes its half', (socket) => socket.end()],
  ['resets the connection', (socket) => socket.resetAndDestroy()],
]

/** What a handler does with a request whose client leaves; it rejects with what came of that. */
type Handling = (req: Request, res: Response) => Promise<unknown>

const handlings: [string, Handling][] = [
  ['reading its body', (req) => req.toArray()],
  ['passing its body on', (req) => pipeline(req, new PassThrough().resume())],
  ['parsing an upload', (req) => failOn(req, 'aborted', new Error('Request aborted'))],
  ['refusing its body', (req) => failOn(req, 'aborted', createError(422))],
  ['refusing its body after a pipeline', refuseAfterPipeline],
  ['streaming an answer', (_req, res) => pipeline(endless(), res)],
  ['streaming an answer too late', afterClose((res) => pipeline(endless(), res))],
  ['writing too late', afterClose((res) => promisify<string, void>(res.write.bind(res))('late'))],
  ['calling a downstream, which it gives up', giveUp],
  ['calling a downstream with axios', (req) => failOn(req, 'aborted', canceled())],
]

suite('a client that leaves in mid-request is one line, request aborted', () => {
  for (const [how, leave] of leaving) {
    for (const [body, sent] of bodies) {
      test(`${body}: it ${how}`, async (t) => {
        const { url, lines, waitForLine, server } = await startApp(t)
        const asked = once(server, 'request')
        const socket = await rawConnection(url)
        socket.write(sent)
        const [req] = await asked
        leave(socket)

        await waitForLine('request aborted')
        if (!req.closed) await once(req, 'close')
        await later()

        assertAborted(lines)
      })
    }

    for (const [what, handling] of handlings) {
      test(`${what}: it ${how}`, async (t) => {
        const { around, spans } = traceInProcess(t)
        const { handler, begun, over } = watched(handling)
        const { url, lines, waitForLine } = await startApp(t, { around, routes: () => [handler] })
        const socket = await rawConnection(url)
        socket.write(UPLOAD)
        await begun
        leave(socket)

        await over
        await waitForLine('request aborted')

        assertAborted(lines)
        assert.deepEqual(spans()[0]?.events, [])
      })
    }
  }
})

for (const [how, leave] of leaving) {
  test(`a client that ${how} after a whole request is one line as well`, async (t) => {
    const { handler, begun, over } = watched(giveUp)
    const { url, lines, waitForLine } = await startApp(t, { routes: () => [handler] })
    const socket = await rawConnection(url)
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nx-correlation-id: left-1\r\n\r\n')
    await begun
    leave(socket)

    await over
    await waitForLine('request aborted')

    assertAborted(lines)
  })
}

const failing: [string, Handling][] = [
  ['its body is given up', (req) => Promise.reject(destroyed(req))],
  ['its source closes', (_req, res) => pipeline(closing(), res)],
  [
    'its source is reset',
    (_req, res) => pipeline(failingWith('aborted', { code: 'ECONNRESET' }), res),
  ],
  ['its time is up', (_req, res) => pipeline(failingWith('late', { name: 'AbortError' }), res)],
]

suite('an exchange that fails on its way is our failure, though its connection ends', () => {
  for (const [what, handling] of failing) {
    test(what, async (t) => {
      const { handler, over } = watched(handling)
      const { url, lines, waitForLine } = await startApp(t, { routes: () => [handler] })

      await rawRequest(url, UPLOAD)
      await over
      await waitForLine('request aborted')

      assert.deepEqual(messages(lines), ['request aborted', 'request failed'])
    })
  }
})

test('a body that cannot be stored is a failure that its client is told of', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, {
    routes: () => [(req) => pipeline(req, fullDisk())],
  })

  const answer = await rawRequest(url, UPLOAD.replace('\r\n', '\r\nConnection: close\r\n'))

  assert.match(answer, /^HTTP\/1\.1 500 /)
  assert.match(answer, /{"error":"internal","correlationId":"left-1"}$/)
  await waitForLine('request completed')
  assert.deepEqual(messages(lines), ['request completed', 'request failed'])
})

test('words of a client that left mean nothing while the client is there', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, {
    routes: () => [(_req, _res, next) => next(new Error('Request aborted'))],
  })

  assert.equal((await fetch(url)).status, 500)

  await waitForLine('request completed')
  assert.deepEqual(messages(lines), ['request completed', 'request failed'])
})

test('what fails for a reason of its own after the client has left is a failure all the same', async (t) => {
  const { handler, begun, over } = watched((req) => failOn(req, 'aborted', new Error('disk full')))
  const { url, lines, waitForLine } = await startApp(t, { routes: () => [handler] })
  const socket = await rawConnection(url)
  socket.write(UPLOAD)
  await begun
  socket.destroy()

  await over
  await waitForLine('request aborted')

  assert.deepEqual(messages(lines), ['request aborted', 'request failed'])
})

for (const [what, sent, status, reason] of [
  ['a body that never ends', bodies[0]?.[1], 408, 'ERR_HTTP_REQUEST_TIMEOUT'],
  ['a chunk that is none', `${bodies[1]?.[1]}x`, 400, 'HPE_STRICT'],
] as const) {
  test(`${what} is refused in one line, beside its completion line`, async (t) => {
    const { url, lines, waitForLine } = await startApp(t, {
      limits: { headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 10 },
    })

    await rawRequest(url, sent ?? '')
    await waitForLine('request aborted')
    await later()

    assert.deepEqual(messages(lines), ['request aborted', 'request refused'])
    const refused = await waitForLine('request refused')
    assert.deepEqual([refused.status, refused.reason], [status, reason])
  })
}

function assertAborted(lines: Line[]): void {
  assert.deepEqual(
    lines.map(({ level, msg, correlationId }) => [level, msg, correlationId]),
    [[40, 'request aborted', 'left-1']],
  )
}

function messages(lines: Line[]): string[] {
  return lines.map(({ msg }) => String(msg)).sort()
}

/** `handling` as a route, and when it has begun, and when what came of it has been handled. */
function watched(handling: Handling) {
  const begun = Promise.withResolvers<void>()
  const over = Promise.withResolvers<void>()
  const handler: RequestHandler = async (req, res, next) => {
    begun.resolve()
    await assert.rejects(handling(req, res), (error) => {
      next(error)
      return true
    })
    over.resolve()
  }
  return { handler, begun: begun.promise, over: over.promise }
}

async function failOn(emitter: EventEmitter, event: string, error: Error): Promise<never> {
  await once(emitter, event)
  throw error
}

/** As callDownstream fails, whose signal follows the client. */
async function giveUp(_req: Request, res: Response): Promise<void> {
  const client = new AbortController()
  res.once('close', () => client.abort())
  try {
    await once(new EventEmitter(), 'never', { signal: client.signal })
  } catch (cause) {
    throw createError(502, 'downstream call failed', { cause })
  }
}

/** A pipeline that fails takes the socket from its request. */
async function refuseAfterPipeline(req: Request, res: Response): Promise<never> {
  await assert.rejects(pipeline(req, fullDisk()))
  await once(res, 'close')
  throw createError(413)
}

function fullDisk(): Writable {
  const full = Object.assign(new Error('disk full'), { code: 'ENOSPC' })
  return new Writable({ write: (_chunk, _encoding, callback) => callback(full) })
}

function afterClose(handling: (res: Response) => Promise<unknown>): Handling {
  return async (_req, res) => {
    await once(res, 'close')
    return handling(res)
  }
}

function destroyed(req: Request): Error {
  const error = Object.assign(new Error('late'), { name: 'AbortError' })
  req.destroy(error)
  return error
}

/** As axios fails where its signal is aborted. */
function canceled(): Error {
  const fields = { name: 'CanceledError', code: 'ERR_CANCELED', config: {} }
  return Object.assign(new Error('canceled'), fields)
}

function endless(): Readable {
  return new Readable({
    read() {
      this.push(Buffer.alloc(65_536))
    },
  })
}

function closing(): Readable {
  return new Readable({
    read() {
      this.destroy()
    },
  })
}

function failingWith(message: string, fields: object): Readable {
  return new Readable({
    read() {
      this.destroy(Object.assign(new Error(message), fields))
    },
  })
}
