import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REGISTERED } from './app-process.ts'
import { observedApp } from './observed-app.ts'

test('who takes what is written to stdout, as pm2 does in cluster mode, has every line', async (t) => {
  const nodeArgs = [...REGISTERED, '--import', './test/e2e/fixtures/stdout-replaced.ts']
  const app = await observedApp(t, { nodeArgs })
  await app.request('/work', 'abc-123')
  const { code, lines } = await app.stop()

  assert.equal(code, 0)
  assert.deepEqual(
    lines.map(({ msg, taken }) => [msg, taken]),
    [
      ['telemetry on', true],
      ['listening', true],
      ['handling /work', true],
      ['done with async work', true],
      ['request completed', true],
      ['shutting down', true],
    ],
  )
})
