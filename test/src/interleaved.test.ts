import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { test } from 'node:test'
import type { RequestHandler } from 'express'
import { getCorrelationId } from '../../src/throughline/identity/context.ts'
import { rawConnection, readToEnd } from './raw-request.ts'
import { startApp } from './start-app.ts'

test('two requests on one connection, the second begun before the first is done, keep their own ids', async (t) => {
  const gate = new EventEmitter()
  const { url, lines, waitForLine } = await startApp(t, {
    routes: (logger) => [
      async (req, res) => {
        logger.info('begun')
        if (req.path === '/first') await once(gate, 'open')
        else gate.emit('open')
        logger.info('going on')
        if (req.path === '/first') throw new Error('broken')
        res.json({ id: getCorrelationId() })
      },
    ],
  })
  const socket = await rawConnection(url)
  socket.write('GET /first HTTP/1.1\r\nHost: x\r\nx-correlation-id: first-1\r\n\r\n')
  await waitForLine('begun')
  socket.write(
    'GET /second HTTP/1.1\r\nHost: x\r\nx-correlation-id: second-2\r\nConnection: close\r\n\r\n',
  )

  const answers = (await readToEnd(socket)).split(/(?=HTTP\/1\.1)/)
  await waitForLine('request completed', (line) => line.correlationId === 'second-2')

  assert.match(answers[0] ?? '', /^HTTP\/1\.1 500.*x-correlation-id: first-1.*"first-1"}$/s)
  assert.match(answers[1] ?? '', /^HTTP\/1\.1 200.*x-correlation-id: second-2.*"second-2"}$/s)
  const said = (id: string) =>
    lines.filter((line) => line.correlationId === id).map(({ msg }) => msg)
  assert.deepEqual(said('first-1'), ['begun', 'going on', 'request failed', 'request completed'])
  assert.deepEqual(said('second-2'), ['begun', 'going on', 'request completed'])
  assert.equal(lines.length, 7)
})

test('a body that arrives in pieces keeps the id of its own request, and not of the one before', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, {
    routes: (logger) => [
      (req, res) => {
        logger.info({ body: req.body }, 'parsed')
        res.json({ id: getCorrelationId() })
      },
    ],
  })
  const socket = await rawConnection(url)

  for (const id of ['piece-1', 'piece-2']) {
    socket.write(
      `POST /pieces HTTP/1.1\r\nHost: x\r\nx-correlation-id: ${id}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 12\r\n\r\n',
    )
    for (const piece of ['{"a"', ':"b', 'cde"}']) await written(socket, piece)
    await waitForLine('request completed', (line) => line.correlationId === id)
  }
  socket.destroy()

  assert.deepEqual(
    lines.filter(({ msg }) => msg === 'parsed').map((line) => [line.correlationId, line.body]),
    [
      ['piece-1', { a: 'bcde' }],
      ['piece-2', { a: 'bcde' }],
    ],
  )
})

test('what middleware began is there after next(), in streams, timers and late listeners', async (t) => {
  const seen = new Map<string, (string | undefined)[]>()
  const see = (where: string) => {
    seen.set(where, [...(seen.get(where) ?? []), getCorrelationId()])
  }
  const before: RequestHandler = (req, res, next) => {
    res.on('finish', () => see('finish')).on('close', () => see('close'))
    req.on('end', () => see('upload'))
    setTimeout(() => {
      see('timer')
      next()
    }, 0)
  }
  const answer: RequestHandler = async (req, res) => {
    see('after next()')
    queueMicrotask(() => see('microtask'))
    const counted = new Transform({
      transform(chunk, _encoding, done) {
        see('stream')
        done(null, chunk)
      },
    })
    res.flushHeaders()
    await pipeline(req, counted, res)
    see('after pipeline')
  }
  const { url, waitForLine } = await startApp(t, { routes: () => [before, answer] })
  const socket = await rawConnection(url)

  for (const id of ['kept-1', 'kept-2']) {
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nx-correlation-id: ${id}\r\nContent-Length: 2\r\n\r\n`,
    )
    await once(socket, 'data')
    socket.write('ab')
    await waitForLine('request completed', (line) => line.correlationId === id)
  }
  socket.destroy()

  const places = 'timer,after next(),microtask,upload,stream,finish,close,after pipeline'.split(',')
  for (const place of places) assert.deepEqual(seen.get(place), ['kept-1', 'kept-2'], place)
})

test('a client that leaves does not take the id from the listeners that clean up after it', async (t) => {
  const seen: unknown[] = []
  const { url, waitForLine } = await startApp(t, {
    routes: () => [
      (req, res) => {
        res.on('close', () => seen.push(getCorrelationId()))
        req.on('aborted', () => seen.push(getCorrelationId()))
        res.write('half')
      },
    ],
  })
  const socket = await rawConnection(url)
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nx-correlation-id: left-1\r\n\r\n')
  await once(socket, 'data')
  socket.destroy()

  await waitForLine('request aborted')

  assert.deepEqual(seen, ['left-1', 'left-1'])
})

/** Waits until the piece has left, and the server has had its turn, so that pieces arrive apart. */
async function written(socket: Awaited<ReturnType<typeof rawConnection>>, piece: string) {
  await new Promise((resolve) => socket.write(piece, resolve))
  await new Promise((resolve) => setImmediate(resolve))
}
