import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rawConnection, readToEnd } from '../../raw-request.ts'
import { startApp } from '../../start-app.ts'

test('a client has 10 s for its headers, 30 s for a request and 65 s of silence', async (t) => {
  const { server } = await startApp(t)

  assert.equal(server.headersTimeout, 10_000)
  assert.equal(server.requestTimeout, 30_000)
  assert.equal(server.keepAliveTimeout, 65_000)
})

test('a connection that is silent for too long is closed, without a line', async (t) => {
  const { url, lines, waitForLine } = await startApp(t, { limits: { keepAliveTimeout: 1 } })
  const socket = await rawConnection(url)
  socket.write('GET /echo HTTP/1.1\r\nHost: x\r\n\r\n')

  assert.match(await readToEnd(socket), /^HTTP\/1\.1 200 OK/)
  await waitForLine('request completed')
  assert.equal(lines.length, 1)
})
