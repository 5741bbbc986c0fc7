import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { startApp } from './start-app.ts'

const SENT = { 'x-correlation-id': 'trace-abc' }
const JSON_TYPE = { ...SENT, 'content-type': 'application/json' }

const answers = [
  ['GET', '/work', 200, '{"ok":true,"correlationId":"trace-abc"}'],
  ['GET', '/boom', 500, '{"error":"internal","correlationId":"trace-abc"}'],
  ['GET', '/proxy', 200, '{"here":"trace-abc","downstreamReceived":"trace-abc"}'],
  ['GET', '/echo', 200, '{"received":"trace-abc"}'],
  ['GET', '/nowhere', 404, '{"error":"not found","correlationId":"trace-abc"}'],
  ['POST', '/work', 404, '{"error":"not found","correlationId":"trace-abc"}'],
  ['GET', '/%E0%A4', 404, '{"error":"not found","correlationId":"trace-abc"}'],
] as const

suite('every answer, byte for byte', () => {
  for (const [method, path, status, body] of answers) {
    test(`${method} ${path} is answered ${status} ${body}`, async (t) => {
      const { url } = await startApp(t)

      const answer = await fetch(`${url}${path}`, { method, headers: SENT })

      assert.equal(await answer.text(), body)
      assert.equal(answer.status, status)
      assert.equal(answer.headers.get('x-correlation-id'), 'trace-abc')
      assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
      assert.equal(answer.headers.get('x-powered-by'), null)
    })
  }

  test('/echo says null to who sent no id, and its answer has one all the same', async (t) => {
    const { url } = await startApp(t)

    const answer = await fetch(`${url}/echo`)

    assert.equal(await answer.text(), '{"received":null}')
    assert.match(answer.headers.get('x-correlation-id') ?? '', /^[\da-f-]{36}$/)
  })

  for (const path of ['/work', '/boom', '/nowhere', '/']) {
    test(`a malformed JSON body on ${path} is refused with 400`, async (t) => {
      const { url, waitForLine } = await startApp(t)

      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: '{"secret": "pass',
      })

      assert.equal(await answer.text(), '{"error":"bad request","correlationId":"trace-abc"}')
      assert.equal(answer.status, 400)
      assert.equal(answer.headers.get('x-correlation-id'), 'trace-abc')
      const refused = await waitForLine('request refused')
      assert.equal(refused.reason, 'entity.parse.failed')
      assert.equal(refused.correlationId, 'trace-abc')
      assert.doesNotMatch(JSON.stringify(refused), /secret|pass/)
    })

    test(`a JSON body over 100 kB on ${path} is refused with 413`, async (t) => {
      const { url } = await startApp(t)

      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify(['x'.repeat(100 * 1024 - 3)]),
      })

      assert.equal(await answer.text(), '{"error":"payload too large","correlationId":"trace-abc"}')
      assert.equal(answer.status, 413)
      assert.equal(answer.headers.get('x-correlation-id'), 'trace-abc')
    })
  }

  test('a JSON body of 100 kB is taken', async (t) => {
    const { url } = await startApp(t)
    const body = JSON.stringify(['x'.repeat(100 * 1024 - 4)])

    const answer = await fetch(`${url}/nowhere`, { method: 'POST', headers: JSON_TYPE, body })

    assert.equal(answer.status, 404)
  })
})

test('/work logs before and after its await, with the same id', async (t) => {
  const { url, lines, waitForLine } = await startApp(t)

  await fetch(`${url}/work`, { headers: { 'x-correlation-id': 'abc-123' } })
  await waitForLine('request completed')

  assert.deepEqual(
    lines.map(({ level, msg, correlationId }) => [level, msg, correlationId]),
    [
      [30, 'handling /work', 'abc-123'],
      [30, 'done with async work', 'abc-123'],
      [30, 'request completed', 'abc-123'],
    ],
  )
})

test('/boom logs its error once, with its stack, and no detail reaches the client', async (t) => {
  const { url, lines, waitForLine } = await startApp(t)

  const answer = await fetch(`${url}/boom`, { headers: { 'x-correlation-id': 'boom-777' } })
  const text = JSON.stringify([...answer.headers]) + (await answer.text())
  const completed = await waitForLine('request completed')

  assert.doesNotMatch(text, /exploded|boom\.ts/)
  const withError = lines.filter((line) => JSON.stringify(line).includes('exploded'))
  assert.deepEqual(
    withError.map(({ level, msg, correlationId }) => [level, msg, correlationId]),
    [[50, 'request failed', 'boom-777']],
  )
  assert.match(JSON.stringify(withError), /"message":"downstream exploded".*"stack":".*boom\.ts/)
  assert.equal(completed.level, 40)
})
