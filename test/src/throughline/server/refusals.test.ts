import assert from 'node:assert/strict'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import createError from 'http-errors'
import { leaveInTheMiddle, rawConnection, rawRequest } from '../../raw-request.ts'
import { startApp } from '../../start-app.ts'

const CLOSE = 'Connection: close\r\n'
const refused: [string, string, string, string, string][] = [
  ['no Host', 'GET /work HTTP/1.1\r\n', '400 Bad Request', 'bad request', 'no Host header'],
  [
    'an unknown expectation',
    'GET /work HTTP/1.1\r\nHost: x\r\nExpect: banana\r\n',
    '417 Expectation Failed',
    'expectation failed',
    'unknown expectation',
  ],
  [
    'CONNECT',
    'CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n',
    '501 Not Implemented',
    'not implemented',
    'CONNECT to a server that is no proxy',
  ],
]

suite('what Node itself would refuse, or cut off, is answered like any other refusal', () => {
  for (const [what, head, status, error, reason] of refused) {
    test(`${what}: ${status}, under the id that was sent`, async (t) => {
      const { url, lines } = await startApp(t)

      const answer = await rawRequest(url, `${head}${CLOSE}x-correlation-id: known-1\r\n\r\n`)

      assert.ok(answer.startsWith(`HTTP/1.1 ${status}\r\n`), answer)
      assert.match(answer, /^x-correlation-id: known-1\r$/im)
      assert.ok(answer.endsWith(`\r\n\r\n{"error":"${error}","correlationId":"known-1"}`), answer)
      const [line, ...more] = lines
      assert.deepEqual(more, [])
      assert.deepEqual(
        [line?.level, line?.msg, line?.correlationId, line?.status, line?.reason],
        [40, 'request refused', 'known-1', Number.parseInt(status, 10), reason],
      )
    })
  }

  test('a refused id is not kept on such an answer', async (t) => {
    const { url } = await startApp(t)
    const head = `GET /work HTTP/1.1\r\n${CLOSE}x-correlation-id: a b\r\n\r\n`
    assert.doesNotMatch(await rawRequest(url, head), /a b/)
  })
})

suite('what is no mistake is not refused', () => {
  test('HTTP/1.0 without Host', async (t) => {
    const { url } = await startApp(t)
    const answer = await rawRequest(url, 'GET /echo HTTP/1.0\r\n\r\n')
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
  })

  test('a health check without Host, as of a load balancer', async (t) => {
    const { url, lines } = await startApp(t)
    const answer = await rawRequest(url, `GET /livez HTTP/1.1\r\n${CLOSE}\r\n`)
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
    assert.deepEqual(lines, [])
  })

  test('Expect: 100-continue', async (t) => {
    const { url } = await startApp(t)
    const head = `POST /nowhere HTTP/1.1\r\nHost: x\r\n${CLOSE}Expect: 100-continue\r\nContent-Length: 1\r\n\r\n`
    assert.match(await rawRequest(url, head, '1'), /^HTTP\/1\.1 100 Continue\r\n/)
  })

  test('CONNECT to an app that takes it itself', async (t) => {
    const { url, server } = await startApp(t)
    server.on('connect', (_req, socket) => socket.end('taken'))
    const answer = await rawRequest(url, 'CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n\r\n')
    assert.equal(answer, 'taken')
  })
})

const POST = 'POST /nowhere HTTP/1.1\r\nHost: x\r\nx-correlation-id: left-1\r\n'
const cutOff: [string, string, string][] = [
  ['a body with its length', POST, 'Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{'],
  [
    'a chunked body',
    POST,
    'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a',
  ],
]
suite('a client that leaves in the middle is one line, request aborted', () => {
  for (const [what, head, rest] of cutOff) {
    for (const leave of ['end', 'resetAndDestroy'] as const) {
      test(`of ${what}, by ${leave}`, async (t) => {
        const { url, lines, waitForLine, server } = await startApp(t)
        const asked = once(server, 'request')
        const socket = await rawConnection(url)
        socket.write(head + rest)
        const [req] = await asked
        const gone = new Promise((resolve) => req.socket.once('close', resolve))
        socket[leave]()

        await waitForLine('request aborted')
        await gone
        assert.deepEqual(
          lines.map(({ msg, correlationId }) => [msg, correlationId]),
          [['request aborted', 'left-1']],
        )
      })
    }
  }

  test('of an answer, which then fails', async (t) => {
    const { url, lines, waitForLine, server } = await startApp(t, {
      routes: () => [
        (_req, res, next) => {
          res.write('half')
          res.once('close', () => next(new DOMException('gone', 'AbortError')))
        },
      ],
    })
    const asked = once(server, 'request')
    const socket = await rawConnection(url)
    socket.write('GET /half HTTP/1.1\r\nHost: x\r\n\r\n')
    await asked
    await once(socket, 'data')
    socket.resetAndDestroy()

    await waitForLine('request aborted')
    assert.deepEqual(
      lines.map(({ msg }) => msg),
      ['request aborted'],
    )
  })

  test('and nothing that it is refused after it has left is another', async (t) => {
    const refused = Promise.withResolvers<void>()
    const { url, lines, waitForLine, server } = await startApp(t, {
      routes: () => [
        (_req, res, next) => {
          res.once('close', () => {
            next(createError(400))
            refused.resolve()
          })
        },
      ],
    })
    await leaveInTheMiddle(server, url, 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n', 'resetAndDestroy')

    await waitForLine('request aborted')
    await refused.promise
    assert.deepEqual(
      lines.map(({ msg }) => msg),
      ['request aborted'],
    )
  })

  test('but where the client is still there, an aborted call of ours is a failure', async (t) => {
    const { url, waitForLine } = await startApp(t, {
      routes: () => [(_req, _res, next) => next(new Error('request aborted'))],
    })
    assert.equal((await fetch(`${url}/calls`)).status, 500)
    await waitForLine('request failed')
  })

  test('but a failure of ours after it has left is a line of its own', async (t) => {
    const { url, waitForLine, server } = await startApp(t, {
      routes: () => [
        (_req, res, next) => {
          res.once('close', () => next(new Error('of ours')))
        },
      ],
    })
    await leaveInTheMiddle(server, url, 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n', 'resetAndDestroy')

    const { err } = await waitForLine('request failed')
    assert.match(JSON.stringify(err), /of ours/)
  })
})
