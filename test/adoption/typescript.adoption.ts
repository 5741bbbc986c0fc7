import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertTree } from '../e2e/span-tree.ts'
import { askJoined } from './joined.ts'
import { ownedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

const skip = await noRegistry()

test('an app in TypeScript with a zod and a pino of its own keeps both, and its tests pass', {
  skip,
}, async (t) => {
  const shop = await ownedApp(t, {
    app: 'typescript',
    title: 'TypeScript, ESM, Express 5, pino 9, zod 3, vitest',
  })
  await shop.run('npm test')
  await shop.adopt('npm install throughline-0.1.0.tgz', 'npm run build')
  const app = await shop.start()
  const { traceId, lines } = await askJoined(app, '/books/9780141187785', 'abc-123')
  await shop.adopted()
  assert.deepEqual(
    lines.map(({ msg, name }) => [msg, name]),
    [
      ['looking up', 'bookshop'],
      ['request completed', 'bookshop'],
    ],
  )

  const order = JSON.stringify({ isbn: '9780141187785', copies: 2 })
  const init = { method: 'POST', body: order, headers: { 'content-type': 'application/json' } }
  assert.equal((await app.request('/orders', 'order-1', init)).status, 201)
  const broken = await askJoined(app, '/broken', 'boom-777')
  assert.equal(broken.answer.body, '{"message":"sorry"}')
  assert.deepEqual(
    broken.lines.map(({ msg, level }) => [msg, level]),
    [
      ['request failed', 50],
      ['request completed', 40],
    ],
  )
  const { code, stderr } = await app.stop()
  assert.deepEqual([code, stderr], [0, ''])

  const [start] = app.lines
  assert.equal(start?.msg, 'telemetry on')
  assert.deepEqual(start.patched, ['http', 'express', 'undici'])
  assert.equal(app.lines.find(({ msg }) => msg === 'ordered')?.password, '[Redacted]')
  assertTree(
    app.spans,
    `
GET /books/:isbn (server)
GET /broken (server) ERROR
POST /orders (server)
`,
  )
  const [span] = app.spans
  assert.deepEqual(
    [span?.traceId, span?.attributes['correlation.id'], span?.resource['service.name']],
    [traceId, 'abc-123', 'bookshop'],
  )
  await shop.run('npm test')
})
