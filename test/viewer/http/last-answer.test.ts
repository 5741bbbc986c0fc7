import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import { type TestContext, test } from 'node:test'
import { lastAnswer } from '../../../viewer/http/last-answer.ts'
import { listen } from '../../listen.ts'
import { page } from '../running-viewer.ts'

test('what no route has is a 404, a path that cannot be decoded a 400', async (t) => {
  const missing = await page(await answering(t, (response) => lastAnswer(response)()))
  assert.deepEqual([missing.status, missing.html], [404, 'Not Found'])
  const bad = await page(await answering(t, (response) => lastAnswer(response)(new URIError('%'))))
  assert.deepEqual([bad.status, bad.html], [400, 'Bad Request'])
})

test('a failure is a 500 that tells the console alone what it was', async (t) => {
  const told = t.mock.method(console, 'error', () => undefined)
  const error = new Error('a secret')
  const failed = await page(await answering(t, (response) => lastAnswer(response)(error)))
  assert.deepEqual([failed.status, failed.html], [500, 'Internal Server Error'])
  assert.deepEqual(told.mock.calls[0]?.arguments, [error])
})

test('an answer that fails half-way ends there, and is not taken for a whole one', async (t) => {
  t.mock.method(console, 'error', () => undefined)
  const url = await answering(t, (response) => {
    response.write('half', () => lastAnswer(response)(new Error('no more')))
  })
  await assert.rejects(page(url))
})

async function answering(t: TestContext, answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(response))
  t.after(() => server.close())
  return `http://127.0.0.1:${await listen(server)}`
}
