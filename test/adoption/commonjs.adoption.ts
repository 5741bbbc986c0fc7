import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identitiesOf } from '../e2e/observed-app.ts'
import { assertTree } from '../e2e/span-tree.ts'
import { askJoined } from './joined.ts'
import { ownedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

const skip = await noRegistry()

test("a CommonJS app keeps its winston, whose lines have both identities beside ours, and jest's suites pass", {
  skip,
}, async (t) => {
  const shop = await ownedApp(t, {
    app: 'commonjs',
    title: 'JavaScript, CommonJS, Express 4, winston, jest',
  })
  await shop.run('npm test')
  await shop.adopt('npm install throughline-0.1.0.tgz')
  const app = await shop.start({ TRACE_UI_URL: 'http://traces.test' })
  const { lines, last } = await askJoined(app, '/letters/7', 'abc-123')
  await shop.adopted()
  assert.deepEqual(
    lines.map(({ msg, message, letter }) => msg ?? [message, letter]),
    [['reading', '7'], 'request completed'],
  )
  assert.match(String(last.trace_url), /^http:\/\/traces\.test\/trace\/\w{32}/)

  const broken = await askJoined(app, '/letters/7/scan', 'boom-777')
  assert.equal(broken.answer.body, '{"error":"internal","correlationId":"boom-777"}')
  assert.deepEqual(
    broken.lines.map(({ msg }) => msg),
    ['request failed', 'request completed'],
  )
  const { code, stderr } = await app.stop()
  assert.deepEqual([code, stderr], [0, ''])

  const ready = app.lines.find(({ message }) => message === 'ready')
  assert.deepEqual(identitiesOf(ready ?? {}), [undefined, undefined, undefined, undefined])
  assert.deepEqual(app.lines.find(({ msg }) => msg === 'telemetry on')?.patched, [
    'http',
    'express',
    'undici',
  ])
  assertTree(
    app.spans,
    `
GET /letters/:id (server)
GET /letters/:id/scan (server) ERROR
`,
  )
  await shop.run('npm test')
  await shop.run('npm install --save-dev jest@30')
  await shop.run('npm test')
})
