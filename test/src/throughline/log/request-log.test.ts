import assert from 'node:assert/strict'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import type { RequestHandler } from 'express'
import { rawConnection, rawRequest } from '../../raw-request.ts'
import { startApp } from '../../start-app.ts'

const HEAD = 'Host: x\r\nx-correlation-id: left-1\r\n'

test('a completion line says what was asked and answered, how long it took, and nothing else', async (t) => {
  const { url, waitForLine } = await startApp(t)

  await fetch(`${url}/nowhere?token=secret`, {
    headers: { 'x-correlation-id': 'abc-123', authorization: 'secret' },
  })

  const { time, pid, hostname, responseTime, ...line } = await waitForLine('request completed')
  assert.deepEqual(line, {
    level: 30,
    correlationId: 'abc-123',
    req: { method: 'GET', url: '/nowhere' },
    res: { statusCode: 404 },
    msg: 'request completed',
  })
  assert.equal(typeof responseTime, 'number')
})

suite('a request target keeps its path and loses what may be secret', () => {
  const targets = [
    ['/work?token=secret', '/work'],
    ['/work?', '/work'],
    ['/a?b?c=secret', '/a'],
    ['http://user:secret@host/work?token=secret', '/work'],
    ['http://host?token=secret', ''],
    ['HTTPS://host:1/work', '/work'],
    ['//host/work?token=secret', '//host/work'],
    ['*', '*'],
  ] as const
  for (const [target, path] of targets) {
    test(`${target} is logged as ${path || 'an empty path'}`, async (t) => {
      const { url, lines, waitForLine } = await startApp(t)

      await rawRequest(url, `OPTIONS ${target} HTTP/1.1\r\n${HEAD}Connection: close\r\n\r\n`)

      const completed = await waitForLine('request completed')
      assert.deepEqual(completed.req, { method: 'OPTIONS', url: path })
      assert.doesNotMatch(JSON.stringify(lines), /secret/)
    })
  }
})

test('a request under a mounted router is logged by the path that was asked for', async (t) => {
  const { url, waitForLine } = await startApp(t, {
    routes: () => [
      (req, res) => {
        req.url = '/rewritten'
        res.json({})
      },
    ],
  })

  await fetch(`${url}/api/items?token=secret`)

  const completed = await waitForLine('request completed')
  assert.deepEqual(completed.req, { method: 'GET', url: '/api/items' })
})

suite('a client that goes away leaves one line with its id, and no status that nobody got', () => {
  const rest = {
    'before the answer': 'GET /slow HTTP/1.1',
    'while it uploads JSON': 'POST /slow HTTP/1.1\r\nContent-Type: application/json',
    'while it uploads something else': 'POST /slow HTTP/1.1\r\nContent-Type: text/plain',
  }
  for (const [when, start] of Object.entries(rest)) {
    test(when, async (t) => {
      const { url, lines, waitForLine, server } = await startApp(t, { routes: () => [never] })
      const asked = once(server, 'request')
      const socket = await rawConnection(url)
      const length = start.startsWith('POST') ? 'Content-Length: 100\r\n' : ''
      socket.write(`${start}\r\n${HEAD}${length}\r\n${length && '{"half":'}`)
      await asked
      socket.destroy()

      const aborted = await waitForLine('request aborted')

      assert.equal(aborted.level, 40)
      assert.equal(aborted.correlationId, 'left-1')
      assert.deepEqual(aborted.res, { statusCode: null })
      assert.ok(!('err' in aborted))
      assert.ok(
        lines.every(({ level, correlationId }) => level === 40 && correlationId === 'left-1'),
      )
      assert.equal(lines.filter(({ msg }) => msg !== 'request refused').length, 1)
    })
  }

  test('in the middle of the answer, which has a status by then', async (t) => {
    const { url, lines, waitForLine } = await startApp(t, {
      routes: () => [(_req, res) => void res.status(206).write('half')],
    })
    const socket = await rawConnection(url)
    socket.write(`GET /slow HTTP/1.1\r\n${HEAD}\r\n`)
    await once(socket, 'data')
    socket.destroy()

    const aborted = await waitForLine('request aborted')

    assert.deepEqual(aborted.res, { statusCode: 206 })
    assert.equal(aborted.correlationId, 'left-1')
    assert.equal(lines.length, 1)
  })
})

test('a health check is no line, whatever its query and method', async (t) => {
  const { url, lines } = await startApp(t)

  for (const path of ['/livez', '/readyz', '/livez?probe=1'])
    for (const method of ['GET', 'HEAD'])
      assert.equal((await fetch(`${url}${path}`, { method })).status, 200)

  assert.deepEqual(lines, [])
})

const never: RequestHandler = () => {}
