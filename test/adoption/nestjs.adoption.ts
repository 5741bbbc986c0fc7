import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertTree } from '../e2e/span-tree.ts'
import { askJoined } from './joined.ts'
import { ownedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

const skip = await noRegistry()

test("a NestJS app has both identities on Nest's own lines, and what Nest answers is told of once", {
  skip,
}, async (t) => {
  const library = await ownedApp(t, {
    app: 'nestjs',
    title: 'NestJS 11 on Express, CommonJS, nest build, jest 30',
  })
  await library.run('npm test && npm run test:e2e')
  await library.adopt('npm install throughline-0.1.0.tgz', 'npm run build')
  const app = await library.start()
  const found = await askJoined(app, '/books/7', 'abc-123')
  await library.adopted()
  assert.deepEqual(
    found.lines.map(({ context, msg }) => [context, msg]),
    [
      ['BooksService', 'looking up'],
      [undefined, 'request completed'],
    ],
  )

  const lend = { method: 'POST' }
  const thrown = await app.request('/books/7/loans', 'boom-777', lend)
  assert.equal(thrown.body, '{"statusCode":500,"message":"Internal server error"}')
  const refused = await app.request('/books/catalogue', 'boom-778')
  assert.equal(refused.body, '{"statusCode":503,"message":"the catalogue is elsewhere"}')
  const missing = await askJoined(app, '/books/8', 'gone-404')
  assert.deepEqual(JSON.parse(missing.answer.body).message, 'no such book')
  const nowhere = await askJoined(app, '/nowhere', 'gone-405')
  assert.equal(nowhere.answer.status, 404)
  const { code, stderr, lines } = await app.stop()
  assert.deepEqual([code, stderr], [0, ''])

  const told = (id: string) =>
    lines.filter(({ correlationId }) => correlationId === id).map(({ msg }) => msg)
  assert.deepEqual(told('boom-777'), ['request failed', 'request completed'])
  assert.deepEqual(told('boom-778'), ['request failed', 'request completed'])
  assert.deepEqual(told('gone-404'), ['looking up', 'request refused', 'request completed'])
  const [start] = lines
  assert.deepEqual([start?.msg, start?.patched], ['telemetry on', ['http', 'undici']])
  const later = lines.find(({ msg }) => msg === 'telemetry on, later')
  assert.deepEqual(later?.patched, ['express'])
  // In the order in which it ends, and at the levels of Nest's: debug is below LOG_LEVEL.
  const ending = lines.slice(lines.findIndex(({ msg }) => msg === 'shutting down') + 1)
  assert.deepEqual(
    ending.map(({ level, context, msg, details }) => [level, context, msg, details]),
    [
      [40, 'BooksService', undefined, { shelves: 1 }],
      [50, 'BooksService', 'a shelf is not empty', undefined],
      [30, 'BooksService', 'closing the shelves', 'in order'],
    ],
  )

  assertTree(
    app.spans,
    `
GET (server)
GET /books/:id (server)
GET /books/:id (server)
GET /books/catalogue (server) ERROR
POST /books/:id/loans (server) ERROR
`,
  )
  const failed = app.spans.find(({ name }) => name.startsWith('POST'))
  assert.equal(failed?.events[0]?.attributes['exception.message'], 'the shelf fell down')
  assert.equal(failed.attributes['correlation.id'], 'boom-777')
  await library.run('npm test && npm run test:e2e')
})
