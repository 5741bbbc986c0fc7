import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { suite, test } from 'node:test'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { rawConnection, readToEnd } from '../../../raw-request.ts'
import { type Line, startApp } from '../../../start-app.ts'
import { traceInProcess } from '../../../trace-in-process.ts'

const HELD = { level: 'info', levelOnFailure: 'debug' }

/** Logs on its way to an answer with the status that is asked for. */
const saying =
  (logger: Logger): RequestHandler =>
  (req, res, next) => {
    if (!req.path.startsWith('/status/')) return next()
    logger.debug('begun')
    logger.trace('too low')
    req.log.debug({ path: req.path }, 'by req.log')
    logger.child({ module: 'stock' }).debug('by a child')
    logger.info('at once')
    res.sendStatus(Number(req.path.slice('/status/'.length)))
  }

test('a request that ends well writes the lines of LOG_LEVEL and no other', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, { ...HELD, routes: (l) => [saying(l)] })

  await fetch(`${url}/status/200`)
  await waitForLine('request completed')

  assert.deepEqual(messages(lines), ['at once', 'request completed'])
})

test('a request that fails writes its lines in front of the first error, with their own time and both ids', async (t) => {
  const { around } = traceInProcess(t)
  const { url, lines, waitForLine } = await startApp(t, {
    ...HELD,
    around,
    routes: (logger) => [
      async (_req, _res) => {
        logger.debug({ step: 1 }, 'looking')
        await new Promise((resolve) => setTimeout(resolve, 20))
        logger.debug({ step: 2 }, 'found')
        throw new Error('broken')
      },
    ],
  })

  await fetch(`${url}/x`, { headers: { 'x-correlation-id': 'boom-777' } })
  await waitForLine('request completed')

  assert.deepEqual(messages(lines), ['looking', 'found', 'request failed', 'request completed'])
  assert.deepEqual(
    lines.map(({ level }) => level),
    [20, 20, 50, 40],
  )
  const [looking, found, failed] = lines
  assert.ok(timeOf(found) - timeOf(looking) >= 19, 'each has its own time')
  assert.ok(timeOf(failed) >= timeOf(found))
  for (const line of lines) {
    assert.equal(line.correlationId, 'boom-777')
    assert.equal(line.span_id, failed?.span_id)
    assert.match(String(line.trace_id), /^[\da-f]{32}$/)
  }
})

test('an answer of 500 without a line of an error is a failure, and so its lines come before the last one', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, { ...HELD, routes: (l) => [saying(l)] })

  await fetch(`${url}/status/503`)
  await waitForLine('request completed')

  assert.deepEqual(messages(lines), [
    'at once',
    'begun',
    'by req.log',
    'by a child',
    'request completed',
  ])
  assert.deepEqual(lines[2]?.req, { method: 'GET', url: '/status/503' })
  assert.equal(lines[3]?.module, 'stock')
})

test('a request that the client leaves is a failure', async (t) => {
  const { url, lines, waitForLine, server } = await startApp(t, {
    ...HELD,
    routes: (logger) => [() => logger.debug('waiting')],
  })
  const asked = once(server, 'request')
  const socket = await rawConnection(url)
  socket.write('GET /slow HTTP/1.1\r\nHost: x\r\nx-correlation-id: left-1\r\n\r\n')
  await asked
  socket.destroy()

  await waitForLine('request aborted')

  assert.deepEqual(messages(lines), ['waiting', 'request aborted'])
  assert.equal(lines[0]?.correlationId, 'left-1')
})

function messages(lines: readonly Line[]): unknown[] {
  return lines.map(({ msg }) => msg)
}

function timeOf(line: Line | undefined): number {
  return Number(line?.time)
}
