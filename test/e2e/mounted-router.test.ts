import assert from 'node:assert/strict'
import { test } from 'node:test'
import { observedApp } from './observed-app.ts'
import { assertTree } from './span-tree.ts'

test('a mounted route is found by its full path, and what no route answered claims no route', async (t) => {
  const app = await observedApp(t, { entry: 'test/e2e/fixtures/mounted-router.ts' })
  assert.equal((await app.request('/api/items/7')).status, 200)
  assert.equal((await app.request('/api/nothing')).status, 404)
  assert.equal((await app.request('/nothing')).status, 404)
  assert.equal((await app.request('/broken/early')).status, 500)
  assert.equal((await app.request('/api/items/%zz')).status, 400)
  await app.stop()

  // No span for a middleware or a router, and one for each request.
  assertTree(
    app.spans,
    `
GET (server)
GET (server)
GET (server)
GET (server) ERROR
GET /api/items/:id (server)
`,
  )
  assert.deepEqual(
    app.spans.map(({ attributes }) => attributes['http.route']),
    ['/api/items/:id', undefined, undefined, undefined, undefined],
  )
})
