import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'
import { Arrivals, assertOwnIdentities, NAMES, startCaller, testBoth } from './called.ts'
import { startCalled } from './called-server.ts'

testBoth(
  'what http-proxy-middleware passes on has the identities of the request that came in, once',
  async (t, { traced, env }) => {
    const { url, arrivals } = await startCalled(t)
    const app = await startCaller(t, 'proxy.ts', { CALLED_URL: url, ...env })
    const answers = await Promise.all(NAMES.map((name) => app.request(`/${name}`, name)))
    assert.deepEqual(
      answers.map(({ body }) => body),
      NAMES.map(() => '{}'),
    )
    assert.equal(arrivals.all.length, NAMES.length)
    await assertOwnIdentities(app, arrivals.all, traced)
  },
)

testBoth(
  'a websocket through http-proxy-middleware has the id that it came with, once',
  async (t, { env }) => {
    const upgrades = new Arrivals()
    const server = createServer()
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket, { url = '', headers }) => {
      upgrades.add(url, headers)
      socket.close()
    })
    t.after(() => sockets.close())
    const { url } = await startCalled(t, { server })
    const app = await startCaller(t, 'proxy.ts', { CALLED_URL: url, ...env })
    // The middleware listens to upgrades from its first request on.
    await app.request('/first')

    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/socket`, {
      headers: { 'x-correlation-id': 'socket-1' },
    })
    await once(socket, 'close')

    assert.deepEqual(
      upgrades.all.map(({ headers }) => headers['x-correlation-id']),
      ['socket-1'],
    )
  },
)
