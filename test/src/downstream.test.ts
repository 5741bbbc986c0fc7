import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { callDownstream } from '../../src/downstream.ts'
import { listen } from '../listen.ts'

test('what the caller asks for reaches the downstream, and its JSON comes back', async (t) => {
  const server = createServer(async (req, res) => {
    const { method, headers } = req
    res.end(JSON.stringify({ method, tenant: headers['x-tenant'], body: await text(req) }))
  })
  t.after(() => server.close())
  const url = `http://127.0.0.1:${await listen(server)}`

  const answer = await callDownstream(url, {
    method: 'PUT',
    headers: { 'x-tenant': 'seven' },
    body: 'hello',
  })

  assert.deepEqual(answer, { method: 'PUT', tenant: 'seven', body: 'hello' })
  server.closeAllConnections()
})

test('a caller that gives up does not wait for the timeout', async (t) => {
  const caller = new AbortController()
  const server = createServer(() => caller.abort(new Error('gave up')))
  t.after(() => server.close())
  const url = `http://127.0.0.1:${await listen(server)}`

  await assert.rejects(callDownstream(url, { signal: caller.signal }), {
    statusCode: 502,
    cause: new Error('gave up'),
  })
})

test('a URL that is none is a 502 with its cause, like all that goes wrong on the way', async () => {
  await assert.rejects(callDownstream('nowhere'), { statusCode: 502, expose: false })
})
