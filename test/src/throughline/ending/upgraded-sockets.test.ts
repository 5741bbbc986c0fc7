import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import * as https from 'node:https'
import { type TestContext, test } from 'node:test'
import { connect } from 'node:tls'
import { upgradedSockets } from '../../../../src/throughline/ending/upgraded-sockets.ts'
import { PSK_CLIENT, PSK_SERVER } from '../../../e2e/fixtures/psk.ts'
import { listen } from '../../../listen.ts'
import { rawConnection, readToEnd } from '../../raw-request.ts'

const ASK = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: greeting\r\n\r\n'

test('where nobody takes upgrades, or nobody does any more, one is answered like any request', async (t) => {
  const server = createServer((_req, res) => res.end('as ever'))
  upgradedSockets(server)
  const url = await serve(t, server)
  for (const around of [() => {}, addAndRemove]) {
    around()
    const socket = await rawConnection(url)
    socket.write(ASK)
    assert.match(await readToEnd(socket), /^HTTP\/1\.1 200 OK.*as ever$/s)
  }

  function addAndRemove() {
    const listener = () => {}
    server.on('upgrade', listener)
    server.on('upgrade', listener)
    server.off('upgrade', listener)
    server.off('upgrade', listener)
  }
})

test('sockets are followed for a listener that was there before, and over TLS', async (t) => {
  const server = https.createServer(PSK_SERVER)
  server.on('upgrade', (_req, socket) => socket.write('hello'))
  const upgraded = upgradedSockets(server)
  const url = await serve(t, server)
  const socket = connect({ port: Number(new URL(url).port), ...PSK_CLIENT })
  await once(socket, 'secureConnect')
  socket.write(ASK)
  await once(socket, 'data')
  await upgraded.alone()
  const closed = once(socket, 'close')
  await upgraded.end()
  await closed
})

async function serve(t: TestContext, server: Server): Promise<string> {
  t.after(() => server.close())
  return `http://127.0.0.1:${await listen(server)}`
}
