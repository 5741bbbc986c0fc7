import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { runWithContext } from '../../../../src/throughline/identity/context.ts'
import { propagateCorrelation } from '../../../../src/throughline/outbound/outbound.ts'
import { BadEnvironment } from '../../../../src/throughline/settings/bad-environment.ts'
import { listen } from '../../../listen.ts'

test('called on its own, it goes by PROPAGATE_TO, and does not start on one that is bad', async (t) => {
  process.env.PROPAGATE_TO = 'http://localhost'
  assert.throws(() => propagateCorrelation(), BadEnvironment)
  process.env.PROPAGATE_TO = 'localhost'
  propagateCorrelation()

  const received: unknown[] = []
  const server = createServer((req, res) => {
    received.push(req.headers['x-correlation-id'])
    res.end()
  })
  t.after(() => server.close())
  const port = await listen(server)
  await runWithContext({ correlationId: 'abc-123', startedAt: Date.now() }, async () => {
    await fetch(`http://127.0.0.1:${port}`)
    await fetch(`http://localhost:${port}`)
  })
  assert.deepEqual(received, [undefined, 'abc-123'])
})
