import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { rawConnection, rawRequest, readToEnd } from '../../raw-request.ts'
import { type Line, startApp } from '../../start-app.ts'

const HEAD = 'POST /nowhere HTTP/1.1\r\nHost: x\r\nx-correlation-id: known-1\r\n'

const refusals = [
  {
    what: 'garbage instead of HTTP',
    sent: '\x16\x03\x01 secret\r\n\r\n',
    status: '400 Bad Request',
    error: 'bad request',
    reason: 'HPE_INVALID_METHOD',
  },
  {
    what: 'a header with a control character',
    sent: 'GET /work HTTP/1.1\r\nHost: x\r\nx-correlation-id: secret\x00\r\n\r\n',
    status: '400 Bad Request',
    error: 'bad request',
    reason: 'HPE_INVALID_HEADER_TOKEN',
  },
  {
    what: 'more headers than fit',
    sent: `GET /work HTTP/1.1\r\nHost: x\r\ncookie: ${'secret'.repeat(4000)}\r\n\r\n`,
    status: '431 Request Header Fields Too Large',
    error: 'request header fields too large',
    reason: 'HPE_HEADER_OVERFLOW',
  },
]

for (const { what, sent, status, error, reason } of refusals) {
  test(`${what} is answered ${status}, with an id that the line has too`, async (t) => {
    const { url, lines } = await startApp(t)

    const answer = await rawRequest(url, sent)

    const id = assertRefusal(answer, status, error)
    assert.equal(lines.length, 1)
    assertLine(lines[0], id, Number.parseInt(status, 10), reason)
    assert.doesNotMatch(JSON.stringify(lines) + answer, /secret/)
  })
}

test('a client that takes too long over its headers is answered 408 and let go', async (t) => {
  const { url, lines } = await startApp(t, {
    limits: { headersTimeout: 50, connectionsCheckingInterval: 10 },
  })

  const answer = await rawRequest(url, 'GET /work HTTP/1.1\r\n')

  const id = assertRefusal(answer, '408 Request Timeout', 'request timeout')
  assertLine(lines[0], id, 408, 'ERR_HTTP_REQUEST_TIMEOUT')
})

test('a client that takes too long over its body is answered 408, under the id it sent', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, {
    limits: { headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 10 },
  })

  const answer = await rawRequest(
    url,
    `${HEAD}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
  )

  assert.equal(assertRefusal(answer, '408 Request Timeout', 'request timeout'), 'known-1')
  await waitForLine('request aborted')
  assert.deepEqual([...new Set(lines.map((line) => line.correlationId))], ['known-1'])
})

test('an answer that has begun is not followed by a second one when garbage comes after', async (t) => {
  const { url, lines } = await startApp(t, {
    routes: () => [
      (_req, res) => {
        res.write('half')
      },
    ],
  })
  const socket = await rawConnection(url)
  socket.write('GET /half HTTP/1.1\r\nHost: x\r\n\r\n')
  const [first] = await once(socket, 'data')
  socket.write('garbage\r\n\r\n')

  const answer = String(first) + (await readToEnd(socket))

  assert.equal(answer.match(/HTTP\/1\.1/g)?.length, 1, answer)
  assert.ok(lines.every(({ msg }) => msg === 'request aborted'))
})

test('answers that wait for their turn are not overtaken by the refusal of what follows them', async (t) => {
  const { url } = await startApp(t, { routes: () => [() => {}] })

  const answers = await rawRequest(
    url,
    `${'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(2)}garbage\r\n\r\n`,
  )

  assert.equal(answers, '')
})

test('a client that hangs up without a word is no line', async (t) => {
  const { url, lines, server } = await startApp(t)
  const arrived = once(server, 'connection')
  const socket = await rawConnection(url)
  const [accepted] = await arrived
  const gone = Promise.withResolvers<void>()
  accepted.on('close', gone.resolve)
  socket.resetAndDestroy()

  await gone.promise

  assert.deepEqual(lines, [])
})

/** The id of an answer in the shape of every other refusal. */
function assertRefusal(answer: string, status: string, error: string): string {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  const id = /^x-correlation-id: (\S+)$/im.exec(head)?.[1] ?? ''
  assert.equal(head.split('\r\n', 1)[0], `HTTP/1.1 ${status}`)
  assert.equal(body, JSON.stringify({ error, correlationId: id }))
  assert.match(head, new RegExp(`^content-length: ${body.length}$`, 'im'))
  assert.match(head, /^connection: close$/im)
  return id
}

function assertLine(line: Line | undefined, id: string, status: number, reason: string): void {
  const { level, msg, correlationId } = line ?? {}
  assert.deepEqual(
    { level, msg, correlationId, status: line?.status, reason: line?.reason },
    { level: 40, msg: 'request refused', correlationId: id, status, reason },
  )
}
