import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../start-app.ts'

const OK = '{"status":"ok"}'

test('a process that wants traffic says so, and keeps connections open', async (t) => {
  const { url } = await startApp(t)

  for (const path of ['/livez', '/readyz']) {
    const answer = await fetch(`${url}${path}`)
    assert.equal(await answer.text(), OK)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('connection'), 'keep-alive')
    assert.equal(answer.headers.get('x-correlation-id'), null)
  }
})

test('once shutdown begins it is alive and not ready, and every answer lets go of its connection', async (t) => {
  const readiness = { ready: true }
  const { url } = await startApp(t, { readiness })
  const statuses = { '/livez': 200, '/readyz': 503, '/echo': 200, '/nowhere': 404, '/boom': 500 }

  readiness.ready = false

  for (const [path, status] of Object.entries(statuses)) {
    const answer = await fetch(`${url}${path}`)
    assert.equal(answer.status, status, path)
    assert.equal(answer.headers.get('connection'), 'close', path)
  }
})

test('a POST to a health check is a request like any other', async (t) => {
  const { url, waitForLine } = await startApp(t)

  const answer = await fetch(`${url}/livez`, { method: 'POST' })

  assert.equal(answer.status, 404)
  assert.deepEqual((await waitForLine('request completed')).req, { method: 'POST', url: '/livez' })
})
