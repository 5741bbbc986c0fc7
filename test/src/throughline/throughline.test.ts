import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { type TestContext, test } from 'node:test'
import express, { type ErrorRequestHandler, type Express } from 'express'
import { type LoggerOptions, pino } from 'pino'
import type { Options } from '../../../src/throughline/options.ts'
import { throughline } from '../../../src/throughline/throughline.ts'
import { listen } from '../../listen.ts'
import { linesInMemory } from '../start-app.ts'
import { traceInProcess } from '../trace-in-process.ts'

const express4: typeof express = createRequire(import.meta.url)('express4')
const outside = AsyncLocalStorage.snapshot()
const SENT = { 'x-correlation-id': 'abc-123' }

for (const [version, make] of [
  ['5', express],
  ['4', express4],
] as const) {
  test(`five lines join an app of Express ${version}`, async (t) => {
    const { parts, lines, waitForLine } = partsInMemory()
    const app = make().use(parts.requests)
    app.get('/items', (_req, res) => {
      parts.logger.info('found')
      res.json([])
    })
    app.get('/fail', (_req, _res, next) => next(new Error('no tea')))
    app.use(parts.errors)
    const url = await serve(t, app)

    const found = await fetch(`${url}/items?secret=1`, { headers: SENT })
    assert.equal(found.headers.get('x-correlation-id'), 'abc-123')
    const failed = await fetch(`${url}/fail`, { headers: SENT })
    assert.deepEqual(await failed.json(), { error: 'internal', correlationId: 'abc-123' })
    const missing = await fetch(`${url}/nowhere`, { headers: SENT })
    assert.deepEqual([missing.status, (await missing.json()).error], [404, 'not found'])
    assert.equal((await fetch(`${url}/livez`)).status, 200)
    await waitForLine('request completed', ({ res }) => JSON.stringify(res).includes('404'))

    const ofRequests = lines.filter(({ correlationId }) => correlationId === 'abc-123')
    assert.deepEqual(
      ofRequests.map(({ msg }) => msg),
      ['found', 'request completed', 'request failed', 'request completed', 'request completed'],
    )
  })
}

test('an app may keep its own health checks, completion line and error answers', async (t) => {
  const { parts, lines, waitForLine } = partsInMemory({
    health: false,
    requestLog: false,
    errorAnswers: false,
  })
  const app = express().use(parts.requests)
  app.get('/readyz', (_req, res) => {
    res.send(parts.readiness.ready)
  })
  app.get('/fail', () => {
    throw new Error('no tea')
  })
  app.use(parts.errors)
  const answerThemselves: ErrorRequestHandler = (_error, _req, res, _next) => {
    res.status(418).send('a teapot')
  }
  app.use(answerThemselves)
  const url = await serve(t, app)

  assert.equal(await (await fetch(`${url}/readyz`)).text(), 'true')
  const failed = await fetch(`${url}/fail`, { headers: SENT })
  assert.deepEqual([failed.status, await failed.text()], [418, 'a teapot'])
  assert.equal(
    (await fetch(`${url}/nowhere`)).headers.get('content-type'),
    'text/html; charset=utf-8',
  )

  await waitForLine('request failed')
  assert.deepEqual(
    lines.map(({ msg, correlationId }) => [msg, correlationId]),
    [['request failed', 'abc-123']],
  )
})

test('a failure that somebody else answers is told by recordFailure, in its own request', async (t) => {
  const { around, spans } = traceInProcess(t)
  const { parts, lines, waitForLine } = partsInMemory()
  const app = express().use(parts.requests)
  app.get('/fail', (req, res) => {
    // As an event of a pool would have it.
    outside(() => parts.recordFailure(new Error('no tea'), req))
    parts.recordFailure(Object.assign(new Error('no such tea'), { status: 404 }))
    res.status(503).end()
  })
  const url = await serve(t, around(app))

  await fetch(`${url}/fail`, { headers: SENT })

  await waitForLine('request completed')
  const [span] = spans()
  assert.deepEqual(
    lines.map(({ msg, correlationId, span_id }) => [msg, correlationId, span_id]),
    ['request failed', 'request refused', 'request completed'].map((msg) => [
      msg,
      'abc-123',
      span?.spanContext().spanId,
    ]),
  )
  assert.deepEqual(
    span?.events.map(({ name, attributes }) => [name, attributes?.['exception.message']]),
    [['exception', 'no tea']],
  )
})

test('the trace UI that is given may end with a slash, as the variable may', (t) => {
  const { tracer } = traceInProcess(t)
  const { parts, lines } = partsInMemory({ traceUiUrl: 'http://jaeger.example/ui/' })

  tracer.startActiveSpan('server', (span) => {
    parts.logger.error('inside')
    span.end()
  })

  assert.match(String(lines[0]?.trace_url), /^http:\/\/jaeger\.example\/ui\/trace\//)
})

test('options that there are not, or that cannot be, are named together', () => {
  const wrong = { logLevel: 'debug', health: 'no', traceUiUrl: 'jaeger' }
  assert.throws(() => Reflect.apply(throughline, undefined, [wrong]), {
    name: 'TypeError',
    message:
      /^throughline\(\): health has to be true or false; traceUiUrl has to be an http:.*; no option logLevel; there are logger, /,
  })
})

test("another library's logger is refused, with what to do instead", () => {
  const winston = { info() {}, warn() {}, error() {}, child() {}, level: 'info' }
  assert.throws(() => Reflect.apply(throughline, undefined, [{ logger: winston }]), {
    name: 'TypeError',
    message: /no logger of pino: .* identities\(\) on its lines/,
  })
})

const REFUSED: Record<string, LoggerOptions> = {
  'option nestedKey': { nestedKey: 'payload' },
  useOnlyCustomLevels: { customLevels: { audit: 35 }, useOnlyCustomLevels: true, level: 'audit' },
}

for (const [said, options] of Object.entries(REFUSED)) {
  test(`an option of pino's that would cost lines their identities is refused: ${said}`, () => {
    const refusal = { name: 'TypeError', message: new RegExp(said) }
    assert.throws(() => throughline({ logger: pino(options) }), refusal)
    assert.throws(() => throughline({ logger: { ...options } }), refusal)
  })
}

function partsInMemory(options: Omit<Options, 'logger'> = {}) {
  const { lines, waitForLine, destination } = linesInMemory()
  const parts = throughline({ ...options, logger: pino({ level: 'trace' }, destination) })
  // What it says of telemetry is said elsewhere.
  lines.length = 0
  return { parts, lines, waitForLine }
}

async function serve(t: TestContext, app: Express | RequestListener): Promise<string> {
  const server = createServer(app)
  t.after(() => server.close())
  return `http://127.0.0.1:${await listen(server)}`
}
