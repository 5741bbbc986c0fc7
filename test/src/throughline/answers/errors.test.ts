import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setImmediate as later } from 'node:timers/promises'
import { type RequestHandler, Router } from 'express'
import createError from 'http-errors'
import { type Line, startApp } from '../../start-app.ts'

const SENT = { 'x-correlation-id': 'edge-1' }
const INTERNAL = '{"error":"internal","correlationId":"edge-1"}'

class Hostile extends Error {
  override toString(): string {
    throw new Error('secret of toString')
  }
}

const thrown: [string, unknown][] = [
  ['an Error', new Error('secret detail')],
  ['an Error with a 5xx of its own', Object.assign(new Error('secret detail'), { status: 503 })],
  ['an Error in a circle', inCircle(new Error('secret detail'))],
  ['a frozen Error', Object.freeze(new Error('secret detail'))],
  ['an Error that cannot be printed', new Hostile('secret detail')],
  ['an Error that cannot be read', unreadable(new Error('secret detail'))],
  ['a string', 'secret detail'],
  ['a number', 7],
  ['a symbol', Symbol('secret detail')],
  ['a frozen object', Object.freeze({ secret: 'detail' })],
  ['an object without a prototype', Object.create(null)],
  ['a proxy that is gone', revokedProxy()],
]

suite('whatever a handler throws, the client gets the ids and no detail, and one line has it', () => {
  for (const [what, value] of thrown) {
    const throwing: [string, RequestHandler][] = [
      [
        'thrown at once',
        () => {
          throw value
        },
      ],
      [
        'rejected late',
        async () => {
          await later()
          throw value
        },
      ],
      ['passed to next()', (_req, _res, next) => next(value)],
    ]
    for (const [how, handler] of throwing) {
      test(`${what}, ${how}`, async (t) => {
        const { url, lines, waitForLine } = await startApp(t, { routes: () => [handler] })

        const answer = await fetch(`${url}/edge`, { headers: SENT })

        assert.equal(await answer.text(), INTERNAL)
        assert.equal(answer.status, 500)
        assert.equal(answer.headers.get('x-correlation-id'), 'edge-1')
        await waitForLine('request completed')
        assertFailedOnce(lines)
      })
    }
  }

  for (const nothing of [undefined, null]) {
    test(`${nothing}, rejected late`, async (t) => {
      const { url, lines, waitForLine } = await startApp(t, {
        routes: () => [() => Promise.reject(nothing)],
      })

      const answer = await fetch(`${url}/edge`, { headers: SENT })

      assert.equal(await answer.text(), INTERNAL)
      await waitForLine('request completed')
      assertFailedOnce(lines)
    })
  }
})

test('a path that does not decode is refused with 400, and is no failure of ours', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, {
    routes: () => [Router().get('/items/:id', (req, res) => void res.json(req.params.id))],
  })

  const answer = await fetch(`${url}/items/%E0%A4`, { headers: SENT })

  assert.equal(await answer.text(), '{"error":"bad request","correlationId":"edge-1"}')
  assert.equal(answer.status, 400)
  await waitForLine('request completed')
  assert.deepEqual(
    lines.map(({ level, msg, correlationId }) => [level, msg, correlationId]),
    [
      [40, 'request refused', 'edge-1'],
      [30, 'request completed', 'edge-1'],
    ],
  )
})

test('a refusal that a handler chose keeps its status and loses its message', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, {
    routes: () => [
      () => {
        throw createError(409, 'secret detail')
      },
    ],
  })

  const answer = await fetch(`${url}/edge`, { headers: SENT })

  assert.equal(await answer.text(), '{"error":"conflict","correlationId":"edge-1"}')
  assert.equal(answer.status, 409)
  await waitForLine('request completed')
  assert.doesNotMatch(JSON.stringify(lines), /secret/)
})

test('a throw after half an answer cuts it off, so that no client takes it for whole', async (t) => {
  // Where Express writes what it makes of an error handler that throws.
  const printed = t.mock.method(console, 'error', () => {})
  const { url, lines, waitForLine } = await startApp(t, {
    routes: () => [
      async (_req, res) => {
        res.type('text').write('half')
        await later()
        throw new Error('secret detail')
      },
    ],
  })

  const answer = await fetch(`${url}/edge`, { headers: SENT })

  await assert.rejects(answer.text(), /terminated/)
  assert.equal(answer.headers.get('x-correlation-id'), 'edge-1')
  await waitForLine('request aborted')
  assertFailedOnce(lines)
  assert.equal(printed.mock.callCount(), 0)
})

/** One `request failed`; the completion line has the id too, and nothing of the error. */
function assertFailedOnce(lines: Line[]): void {
  assert.deepEqual(
    lines.map(({ level, correlationId }) => [level, correlationId]),
    [
      [50, 'edge-1'],
      [40, 'edge-1'],
    ],
  )
  const [failed, completed] = lines
  assert.equal(failed?.msg, 'request failed')
  assert.ok(failed?.err instanceof Object && 'stack' in failed.err)
  assert.deepEqual(Object.keys(completed ?? {}).sort(), [
    'correlationId',
    'hostname',
    'level',
    'msg',
    'pid',
    'req',
    'res',
    'responseTime',
    'time',
  ])
}

function inCircle(error: Error): Error {
  return Object.assign(error, { self: error, big: 1n })
}

function revokedProxy(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

function unreadable(error: Error): Error {
  const get = () => {
    throw new Error('secret of a getter')
  }
  return Object.defineProperty(error, 'detail', { get, enumerable: true })
}
