import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { rawConnection } from '../src/raw-request.ts'
import { startApp } from './app-process.ts'

test('an idle WebSocket is no request in flight: it is ended, then the parts of the app in order', async (t) => {
  const app = await startApp(t, {
    entry: 'test/e2e/fixtures/upgraded.ts',
    env: { OTEL_SDK_DISABLED: 'true', SHUTDOWN_TIMEOUT_MS: '3600000' },
  })
  const socket = await rawConnection(app.url)
  t.after(() => socket.destroy())
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
  assert.match(String((await once(socket, 'data'))[0]), /^HTTP\/1\.1 101 /)
  const over = once(socket, 'end')

  const { code, lines } = await app.stop()

  await over
  assert.equal(code, 0)
  assert.deepEqual(
    lines.slice(-3).map(({ msg }) => msg),
    ['shutting down', 'closing queue', 'closing pool'],
  )
})
