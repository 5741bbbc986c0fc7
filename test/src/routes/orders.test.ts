import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { NotAccepted } from '../../../src/queue/order-queue.ts'
import { startApp } from '../start-app.ts'

const ITEM = 'expected a text of 1 to 100 characters'
const QUANTITY = 'expected a whole number from 1 to 100'
const UNKNOWN = 'expected no such field'

test('an order is accepted, and processed under the id of its request', async (t) => {
  const app = await startApp(t)

  const { status, body } = await post(app.url, '{"item":"tea","quantity":2}')
  const { orderId } = z.object({ orderId: z.uuid() }).parse(JSON.parse(body))

  assert.equal(status, 202)
  assert.equal(body, `{"accepted":true,"orderId":"${orderId}","correlationId":"order-1"}`)
  await app.waitForLine('order processed')
  assert.deepEqual(
    app.lines
      .filter((line) => 'orderId' in line)
      .map(({ msg, correlationId, orderId }) => [msg, correlationId, orderId]),
    [
      ['processing order', 'order-1', orderId],
      ['order processed', 'order-1', orderId],
    ],
  )
})

suite('a bad body is refused with all that is wrong, and the line names the fields alone', () => {
  const bad: [string, string, Record<string, string>][] = [
    ['no item', '{"quantity":1}', { item: ITEM }],
    ['an empty item', '{"item":"","quantity":1}', { item: ITEM }],
    ['a blank item', '{"item":"  ","quantity":1}', { item: ITEM }],
    ['an item that is too long', `{"item":"${'x'.repeat(101)}","quantity":1}`, { item: ITEM }],
    ['an item of another type', '{"item":["s3cret"],"quantity":1}', { item: ITEM }],
    ['no quantity', '{"item":"tea"}', { quantity: QUANTITY }],
    ['a quantity of 0', '{"item":"tea","quantity":0}', { quantity: QUANTITY }],
    ['a quantity of 101', '{"item":"tea","quantity":101}', { quantity: QUANTITY }],
    ['half a quantity', '{"item":"tea","quantity":1.5}', { quantity: QUANTITY }],
    ['a quantity of 1e400', '{"item":"tea","quantity":1e400}', { quantity: QUANTITY }],
    ['a quantity in words', '{"item":"tea","quantity":"s3cret"}', { quantity: QUANTITY }],
    [
      'unknown fields',
      '{"item":"tea","quantity":1,"a":"s3cret","b":1}',
      { a: UNKNOWN, b: UNKNOWN },
    ],
    ['everything', '{"a":1}', { item: ITEM, quantity: QUANTITY, a: UNKNOWN }],
    [
      'a prototype',
      '{"item":"tea","quantity":1,"__proto__":{"s3cret":1},"constructor":1}',
      Object.fromEntries(['__proto__', 'constructor'].map((name) => [name, UNKNOWN])),
    ],
    ['nothing', '{}', { item: ITEM, quantity: QUANTITY }],
    ['an array', '["s3cret"]', { body: 'expected a JSON object' }],
    ['no body', '', { item: ITEM, quantity: QUANTITY }],
  ]
  for (const [what, sent, fields] of bad) {
    test(what, async (t) => {
      const app = await startApp(t)

      const { status, body } = await post(app.url, sent)

      assert.equal(status, 400)
      assert.equal(body, JSON.stringify({ error: 'bad request', correlationId: 'order-1', fields }))
      const line = await app.waitForLine('request refused')
      assert.deepEqual(
        [line.level, line.correlationId, line.fields],
        [40, 'order-1', Object.keys(fields)],
      )
      await app.waitForLine('request completed')
      assert.doesNotMatch(JSON.stringify(app.lines), /s3cret|expected/)
    })
  }

  test('a body of another type', async (t) => {
    const app = await startApp(t)
    const { status, body } = await post(app.url, '{"item":"tea","quantity":1}', 'text/plain')
    assert.equal(status, 400)
    assert.match(body, /"fields":\{"body":"expected a JSON object"\}/)
  })

  test('unknown fields of any number and length are named up to a bound', async (t) => {
    const app = await startApp(t)
    const many = Array.from({ length: 50 }, (_, i) => [`${i}-${'x'.repeat(1000)}`, 1])
    const { status, body } = await post(app.url, JSON.stringify(Object.fromEntries(many)))
    assert.equal(status, 400)
    assert.ok(body.length < 3000, String(body.length))
    const line = await app.waitForLine('request refused')
    assert.ok(JSON.stringify(line).length < 3000)
  })
})

test('an order that the queue does not take is answered 503, and the line says why', async (t) => {
  const app = await startApp(t, {
    queue: { add: () => Promise.reject(new NotAccepted('the queue is full: 7 orders')) },
  })

  const { status, body, headers } = await post(app.url, '{"item":"tea","quantity":2}')

  assert.equal(status, 503)
  assert.equal(body, '{"error":"service unavailable","correlationId":"order-1"}')
  assert.equal(headers.get('retry-after'), '5')
  const failed = await app.waitForLine('request failed')
  assert.equal(failed.correlationId, 'order-1')
  assert.match(JSON.stringify(failed.err), /the queue is full: 7 orders/)
})

async function post(url: string, body: string, type = 'application/json') {
  const response = await fetch(`${url}/orders`, {
    method: 'POST',
    headers: { 'x-correlation-id': 'order-1', 'content-type': type },
    body,
  })
  return { status: response.status, headers: response.headers, body: await response.text() }
}
