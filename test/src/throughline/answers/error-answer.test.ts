import assert from 'node:assert/strict'
import { suite, type TestContext, test } from 'node:test'
import { inherits } from 'node:util'
import { runInNewContext } from 'node:vm'
import type { RequestHandler } from 'express'
import createError from 'http-errors'
import { startApp } from '../../start-app.ts'
import { traceInProcess } from '../../trace-in-process.ts'

const error = (fields: object) => Object.assign(new Error('secret detail'), fields)
const ownStatus: [string, unknown, number][] = [
  ['status', error({ status: 401 }), 401],
  ['statusCode', error({ statusCode: 422 }), 422],
  ['a status that is none, and a statusCode', error({ status: 'no', statusCode: 404 }), 404],
  ['the first of both', error({ status: 403, statusCode: 404 }), 403],
  ['made by http-errors', createError(502), 502],
  ['a 5xx of its own', error({ status: 503 }), 500],
  ['a status as text', error({ status: '401' }), 500],
  ['a status that is no status', error({ status: 499.5 }), 500],
  ['a success', error({ status: 200 }), 500],
  ["a client library's response", error({ status: 404, response: { status: 404 } }), 500],
  ["a client library's request", error({ status: 404, request: {} }), 500],
  ["a client library's config", error({ status: 404, config: {} }), 500],
  ["NestJS's own", error({ status: 404, response: 'gone', getStatus: () => 404 }), 404],
  ["undici's", error({ statusCode: 404, code: 'UND_ERR_RESPONSE' }), 500],
  ['no error at all', { status: 404 }, 500],
]

suite('an error is answered with its own status from 400 to 499, unless a client library made it', () => {
  for (const [what, thrown, status] of ownStatus) {
    test(`${what}: ${status}`, async (t) => {
      const { answer, lines } = await failWith(t, thrown)

      assert.equal(answer.status, status)
      assert.doesNotMatch(await answer.text(), /secret/)
      const message = status < 500 ? 'request refused' : 'request failed'
      assert.deepEqual(
        lines.map(({ msg }) => msg),
        [message, 'request completed'],
      )
    })
  }
})

/** As jsonwebtoken and multer make theirs: no real error, but with an error's prototype. */
function TokenError(this: { name: string; message: string; code: string; stack: string }) {
  this.name = 'TokenError'
  this.message = 'jwt malformed'
  this.code = 'BAD_TOKEN'
  this.stack = 'TokenError: jwt malformed\n    at the verifier'
}
inherits(TokenError, Error)

const described: [string, unknown, string, string][] = [
  ['by util.inherits', Reflect.construct(TokenError, []), 'jwt malformed', 'BAD_TOKEN'],
  [
    'in another realm',
    runInNewContext("new TypeError('of a sandbox')"),
    'of a sandbox',
    'TypeError',
  ],
  ['by the platform', new DOMException('timed out', 'TimeoutError'), 'timed out', 'TimeoutError'],
  [
    'as several',
    new AggregateError([new Error('one')], 'all failed'),
    'all failed',
    'AggregateError',
  ],
]

suite('an error keeps its type, message and stack on its line and on its span, however it was made', () => {
  for (const [how, thrown, message, type] of described) {
    test(how, async (t) => {
      const { lines, events } = await failWith(t, thrown)

      const { err } = lines[0] ?? {}
      assert.ok(typeof err === 'object' && err !== null)
      assert.equal(Reflect.get(err, 'message'), message)
      assert.match(String(Reflect.get(err, 'stack')), new RegExp(`^\\w+: ${message}\n`))
      const [event] = events()
      assert.equal(event?.attributes?.['exception.type'], type)
      assert.equal(event?.attributes?.['exception.message'], message)
      assert.match(String(event?.attributes?.['exception.stacktrace']), new RegExp(message))
    })
  }
})

test('the stack on the span names the causes too', async (t) => {
  const cause = new Error('the disk is full')
  const { events } = await failWith(t, new Error('cannot save', { cause }))

  const stack = String(events()[0]?.attributes?.['exception.stacktrace'])
  assert.match(stack, /^Error: cannot save\n[\s\S]*\ncaused by: Error: the disk is full\n/)
})

const HALF_AN_ANSWER = {
  'Cache-Control': 'public, max-age=3600',
  'Content-Disposition': 'attachment',
  'Content-Encoding': 'gzip',
  'Content-Language': 'de',
  'Content-Length': '7',
  'Content-Range': 'bytes 0-6/7',
  'Content-Type': 'image/png',
  ETag: '"7"',
  Expires: 'Wed, 25 Nov 2026 12:00:00 GMT',
  'Last-Modified': 'Wed, 25 Nov 2026 12:00:00 GMT',
}
const KEPT = {
  'access-control-allow-origin': '*',
  'content-security-policy': "default-src 'self'",
  'set-cookie': 'seen=1',
}

suite('an error answer has nothing of the content that the answer would have had', () => {
  for (const [status, fail] of [
    [500, (next) => next(new Error('too late'))],
    [404, (next) => next()],
  ] satisfies [number, (next: (error?: unknown) => void) => void][]) {
    test(`${status}`, async (t) => {
      const { url } = await startApp(t, {
        routes: () => [
          (_req, res, next) => {
            res.statusMessage = 'Fine'
            res.set(HALF_AN_ANSWER).set(KEPT)
            fail(next)
          },
        ],
      })

      const answer = await fetch(`${url}/half`)

      const body = await answer.text()
      assert.match(body, /^{"error":"(internal|not found)","correlationId":"[^"]+"}$/)
      assert.equal(answer.status, status)
      assert.notEqual(answer.statusText, 'Fine')
      const { headers } = answer
      assert.equal(headers.get('content-type'), 'application/json; charset=utf-8')
      assert.equal(headers.get('content-length'), String(body.length))
      for (const name of Object.keys(HALF_AN_ANSWER)) {
        if (!/type|length/i.test(name)) assert.equal(headers.get(name), null, name)
      }
      for (const [name, value] of Object.entries(KEPT)) assert.equal(headers.get(name), value)
      assert.match(headers.get('x-correlation-id') ?? '', /./)
    })
  }
})

suite('an error answer has the headers of an http-errors error', () => {
  test('but for those by which it is read and known', async (t) => {
    const headers = {
      'Retry-After': '7',
      'WWW-Authenticate': ['Basic', 'Bearer'],
      'Content-Encoding': 'gzip',
      'X-Correlation-Id': 'forged',
      Empty: undefined,
    }
    const { answer } = await failWith(t, createError(429, { headers }))

    assert.equal(answer.headers.get('retry-after'), '7')
    assert.equal(answer.headers.get('www-authenticate'), 'Basic, Bearer')
    assert.equal(answer.headers.get('content-encoding'), null)
    assert.equal(answer.headers.get('x-correlation-id'), 'edge-1')
    assert.equal(answer.headers.get('empty'), null)
  })

  test('and one that cannot be sent costs a line, not the answer', async (t) => {
    const headers = { 'Retry-After': '7', 'bad name': 'x' }
    const { answer, lines } = await failWith(t, createError(429, { headers }))

    assert.equal(answer.status, 429)
    assert.equal(answer.headers.get('retry-after'), '7')
    assert.equal(lines.find(({ header }) => header === 'bad name')?.level, 40)
  })

  test("and none of what another service answered to a client library's call", async (t) => {
    const headers = { 'set-cookie': 'theirs=1' }
    const { answer } = await failWith(t, createError(404, { response: {}, headers }))

    assert.equal(answer.status, 500)
    assert.equal(answer.headers.get('set-cookie'), null)
  })
})

/** What comes of a request whose handler passes `thrown` on. */
async function failWith(t: TestContext, thrown: unknown) {
  const { around, spans } = traceInProcess(t)
  const failing: RequestHandler = (_req, _res, next) => next(thrown)
  const { url, lines, waitForLine } = await startApp(t, { around, routes: () => [failing] })
  const answer = await fetch(`${url}/edge`, { headers: { 'x-correlation-id': 'edge-1' } })
  await waitForLine('request completed')
  return { answer, lines, events: () => spans()[0]?.events ?? [] }
}
