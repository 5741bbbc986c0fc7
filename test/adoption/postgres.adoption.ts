import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertTree } from '../e2e/span-tree.ts'
import { askJoined } from './joined.ts'
import { ownedApp } from './owned-app.ts'
import { noPostgres, startPostgres } from './postgres.ts'
import { noRegistry } from './registry.ts'

const skip = noPostgres() || (await noRegistry())
const REQUESTS = 20

for (const [app, title] of [
  ['postgres-esm', 'JavaScript, ESM, Express 5, pg with its instrumentation'],
  ['postgres-commonjs', 'JavaScript, CommonJS, Express 5, pg with its instrumentation'],
] as const) {
  test(`a library's instrumentation is added in two lines, and its spans have both identities: ${app}`, {
    skip,
  }, async (t) => {
    const depot = await ownedApp(t, { app, title })
    await depot.adopt('npm install throughline-0.1.0.tgz @opentelemetry/instrumentation-pg')
    const running = await depot.start(await startPostgres(t))
    await askJoined(running, '/boxes/7', 'abc-123')
    await depot.adopted()
    // One connection for all: each but the first waits for another's, and is called back from its context.
    const ids = Array.from({ length: REQUESTS }, (_, i) => `box-${i}`)
    await Promise.all(ids.map((id, i) => running.request(`/boxes/${i}`, id)))
    const { code, stderr, lines } = await running.stop()
    assert.deepEqual([code, stderr], [0, ''])

    const [start] = lines
    assert.deepEqual(start?.instrumentations, ['@opentelemetry/instrumentation-pg'])
    for (const id of ['abc-123', ...ids]) {
      const spans = running.spans.filter(({ attributes }) => attributes['correlation.id'] === id)
      const connected = id === 'abc-123' ? '\n│  └─ pg.connect (client)' : ''
      assertTree(
        spans,
        `
GET /boxes/:id (server)
├─ pg-pool.connect (client)${connected}
└─ pg.query:SELECT postgres (client)
`,
      )
    }
    assert.equal(running.spans.length, 3 * REQUESTS + 4)
  })
}
