import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { getContext, runWithContext } from '../../../../../src/throughline/identity/context.ts'
import { correlation } from '../../../../../src/throughline/identity/correlation.ts'
import { createLogger } from '../../../../../src/throughline/log/logger.ts'
import { listen } from '../../../../listen.ts'
import { leaveInTheMiddle, rawConnection, readToEnd } from '../../../raw-request.ts'
import { type Line, linesInMemory, startApp } from '../../../start-app.ts'
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
  await leaveInTheMiddle(
    server,
    url,
    'GET /slow HTTP/1.1\r\nHost: x\r\nx-correlation-id: left-1\r\n\r\n',
  )

  await waitForLine('request aborted')

  assert.deepEqual(messages(lines), ['waiting', 'request aborted'])
  assert.equal(lines[0]?.correlationId, 'left-1')
})

test('a response that breaks is a failure', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, {
    ...HELD,
    routes: (logger) => [
      (_req, res) => {
        logger.debug('about to break')
        res.destroy(new Error('broken'))
      },
    ],
  })

  await assert.rejects(fetch(`${url}/x`))
  await waitForLine('request aborted')

  assert.deepEqual(messages(lines), ['about to break', 'request aborted'])
})

test('what is logged in a context that is made of that of the request is among its lines', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, {
    ...HELD,
    routes: (logger) => [
      (_req, res) => {
        const own = getContext()
        assert.ok(own)
        runWithContext({ ...own }, () => logger.debug('deeper'))
        res.sendStatus(500)
      },
    ],
  })

  await fetch(`${url}/x`)
  await waitForLine('request completed')

  assert.deepEqual(messages(lines), ['deeper', 'request completed'])
})

test('two requests at once on one connection: only the one that fails has its lines', async (t) => {
  const gate = new EventEmitter()
  const { url, lines, waitForLine } = await startApp(t, {
    ...HELD,
    routes: (logger) => [
      async (req, res) => {
        logger.debug(`begun ${req.path}`)
        if (req.path === '/first') await once(gate, 'open')
        else gate.emit('open')
        logger.debug(`going on ${req.path}`)
        if (req.path === '/first') throw new Error('broken')
        res.json({})
      },
    ],
  })
  const socket = await rawConnection(url)
  const opening = once(gate, 'newListener')
  socket.write('GET /first HTTP/1.1\r\nHost: x\r\nx-correlation-id: first-1\r\n\r\n')
  await opening
  socket.write(
    'GET /second HTTP/1.1\r\nHost: x\r\nx-correlation-id: second-2\r\nConnection: close\r\n\r\n',
  )
  await readToEnd(socket)
  await waitForLine('request completed', (line) => line.correlationId === 'second-2')

  const said = (id: string) => messages(lines.filter((line) => line.correlationId === id))
  assert.deepEqual(said('first-1'), [
    'begun /first',
    'going on /first',
    'request failed',
    'request completed',
  ])
  assert.deepEqual(said('second-2'), ['request completed'])
})

test('of many requests at once each failed one has its own lines, in order, right in front of its error', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, {
    ...HELD,
    routes: (logger) => [
      async (req, res) => {
        for (let i = 0; i < 5; i++) {
          logger.child({ path: req.path }).debug({ i }, 'step')
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
        }
        if (Number(req.path.slice(1)) % 3 === 0) throw new Error('broken')
        res.json({})
      },
    ],
  })

  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      fetch(`${url}/${n}`, { headers: { 'x-correlation-id': `n-${n}` } }),
    ),
  )
  for (let n = 0; n < 30; n++) {
    await waitForLine('request completed', (line) => line.correlationId === `n-${n}`)
  }

  for (let n = 0; n < 30; n++) {
    const own = lines.filter((line) => line.correlationId === `n-${n}`)
    const steps = own.filter(({ msg }) => msg === 'step')
    assert.deepEqual(
      steps.map(({ i, path }) => [i, path]),
      n % 3 === 0 ? [0, 1, 2, 3, 4].map((i) => [i, `/${n}`]) : [],
    )
    const failedAt = lines.findIndex(
      (line) => line.msg === 'request failed' && line.correlationId === `n-${n}`,
    )
    assert.equal(failedAt > 0, n % 3 === 0)
    if (failedAt > 0) assert.deepEqual(lines.slice(failedAt - 5, failedAt), steps)
  }
})

test('without completion lines too a request that is answered well lets go of its lines', async (t) => {
  const { lines, destination, waitForLine } = linesInMemory()
  const logger = createLogger({ ...HELD }, destination)
  const correlate = correlation(logger)
  const server = createServer((req, res) =>
    correlate(req, res, () => {
      logger.debug('begun')
      res.on('close', () => logger.error('of what came after'))
      res.statusCode = req.url === '/good' ? 200 : 500
      res.end()
    }),
  )
  t.after(() => server.close())
  const url = `http://127.0.0.1:${await listen(server)}`

  await fetch(`${url}/good`)
  await waitForLine('of what came after')
  assert.deepEqual(messages(lines), ['of what came after'])
  await fetch(`${url}/bad`)
  await waitForLine('begun')
})

function messages(lines: readonly Line[]): unknown[] {
  return lines.map(({ msg }) => msg)
}

function timeOf(line: Line | undefined): number {
  return Number(line?.time)
}
