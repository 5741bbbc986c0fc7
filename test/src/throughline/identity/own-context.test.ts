import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { suite, type TestContext, test } from 'node:test'
import { trace } from '@opentelemetry/api'
import { type RequestHandler, Router } from 'express'
import createError from 'http-errors'
import { startApp } from '../../start-app.ts'
import { traceInProcess } from '../../trace-in-process.ts'

suite('a request that is continued from a listener which another request set off', () => {
  const endings: [string, RequestHandler, number, string][] = [
    ['fails', (_req, _res, next) => next(new Error('of waits')), 500, 'internal'],
    ['is refused', (_req, _res, next) => next(refusal()), 400, 'bad request'],
    ['finds no route', (_req, _res, next) => next(), 404, 'not found'],
  ]
  for (const [what, ending, status, error] of endings) {
    test(`${what} under its own ids, on its own span`, async (t) => {
      const { url, lines, waitForLine, spans, pool, waiting } = await startPool(t, ending)
      const answer = fetch(`${url}/waits`, { headers: { 'x-correlation-id': 'waits' } })
      await waiting
      await fetch(`${url}/frees`, { headers: { 'x-correlation-id': 'frees' } })
      const { status: answered, headers, body } = await read(answer)

      assert.equal(answered, status)
      assert.equal(headers.get('x-correlation-id'), 'waits')
      assert.deepEqual(body, { error, correlationId: 'waits' })
      await waitForLine('request completed', (line) => line.correlationId === 'waits')
      await waitForLine('request completed', (line) => line.correlationId === 'frees')
      const [own, others] = ['waits', 'frees'].map((id) =>
        spans().find(({ attributes }) => attributes['correlation.id'] === id),
      )
      assert.equal(own?.events.length, status === 500 ? 1 : 0)
      assert.deepEqual(others?.events, [])
      for (const line of lines.filter(({ correlationId }) => correlationId === 'waits')) {
        assert.equal(line.span_id, own?.spanContext().spanId, String(line.msg))
      }
      assert.equal(
        lines.filter(({ correlationId }) => correlationId === 'frees').length,
        1,
        'the other request has its completion line alone',
      )
      assert.equal(pool.listenerCount('free'), 0)
    })
  }
})

for (const [when, hasEnded] of [
  ['that has ended', true],
  ['that is still open', false],
] as const) {
  test(`an error from inside a child span ${when} is on the server span`, async (t) => {
    const { around, spans, tracer } = traceInProcess(t)
    const failing: RequestHandler = (_req, _res, next) =>
      tracer.startActiveSpan('child', (child) => {
        if (hasEnded) child.end()
        setImmediate(() => {
          next(new Error('of the child'))
          child.end()
        })
      })
    const { url, waitForLine } = await startApp(t, { around, routes: () => [failing] })

    await (await fetch(`${url}/nested`)).text()
    const line = await waitForLine('request failed')
    await waitForLine('request completed')

    const server = spans().find(({ name }) => name === 'server')
    assert.equal(server?.events[0]?.attributes?.['exception.message'], 'of the child')
    assert.equal(line.span_id, server?.spanContext().spanId)
    assert.deepEqual(spans().find(({ name }) => name === 'child')?.events, [])
  })
}

test('a listener of the answer keeps its request, whoever ends it', async (t) => {
  const { around, spans } = traceInProcess(t)
  const pool = new EventEmitter()
  const { url, waitForLine } = await startApp(t, {
    around,
    routes: (logger) => [
      Router()
        .get('/waits', (_req, res) => {
          res.on('finish', () => logger.info({ active: spanId() }, 'finished'))
          pool.once('free', () => res.json(1))
          pool.emit('waiting')
        })
        .get('/frees', (_req, res) => res.json(pool.emit('free'))),
    ],
  })
  const waiting = once(pool, 'waiting')
  const answer = fetch(`${url}/waits`, { headers: { 'x-correlation-id': 'waits' } })
  await waiting
  await fetch(`${url}/frees`, { headers: { 'x-correlation-id': 'frees' } })
  await answer

  const line = await waitForLine('finished')
  const completed = await waitForLine('request completed', (each) => each.correlationId === 'waits')
  const own = spans().find(({ attributes }) => attributes['correlation.id'] === 'waits')
  assert.equal(line.correlationId, 'waits')
  assert.equal(line.active, own?.spanContext().spanId)
  assert.equal(completed.span_id, own?.spanContext().spanId)
})

function spanId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().spanId
}

function refusal(): Error {
  return createError(400)
}

async function read(answer: Promise<Response>) {
  const { status, headers } = await answer
  return { status, headers, body: await (await answer).json() }
}

/** An app in which `/waits` goes on, with `ending`, when `/frees` frees what it waits for. */
async function startPool(t: TestContext, ending: RequestHandler) {
  const { around, spans } = traceInProcess(t)
  const pool = new EventEmitter()
  const app = await startApp(t, {
    around,
    routes: () => [
      Router()
        .get('/waits', (req, res, next) => {
          pool.once('free', () => ending(req, res, next))
          pool.emit('waiting')
        })
        .get('/frees', (_req, res) => res.json(pool.emit('free'))),
    ],
  })
  return { ...app, spans, pool, waiting: once(pool, 'waiting') }
}
