import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identitiesOf, observedApp, requestLines } from './observed-app.ts'
import { assertTree } from './span-tree.ts'

const DETOURS = [
  'in a middleware, after the body parser',
  'in a handler, after next()',
  'in a listener',
  'in a stream',
  'after a call over a pooled connection',
  'in a listener of the answer',
  'request completed',
].sort()

test('no line loses its ids behind a body parser, next(), a stream, an emitter or a pooled connection', async (t) => {
  const downstream = await observedApp(t)
  const app = await observedApp(t, {
    entry: 'test/e2e/fixtures/detours.ts',
    env: { DOWNSTREAM_URL: `${downstream.url}/echo` },
  })
  const ids = Array.from({ length: 30 }, (_, i) => `detour-${i}`)
  const headers = { 'content-type': 'application/json' }
  const post = (correlationId: string) =>
    app.request('/detours', correlationId, { method: 'POST', headers, body: '{"a":1}' })
  await Promise.all(ids.map(post))
  await Promise.all([app.stop(), downstream.stop()])

  for (const correlationId of ids) {
    const spans = app.spans.filter(
      ({ attributes }) => attributes['correlation.id'] === correlationId,
    )
    assertTree(
      spans,
      `
POST /detours (server)
└─ GET (client)
`,
    )
    const span = spans.find(({ kind }) => kind === 'server')
    const lines = requestLines(app.lines).filter((line) => line.correlationId === correlationId)
    assert.deepEqual(lines.map(({ msg }) => msg).sort(), DETOURS)
    for (const line of lines) {
      assert.deepEqual(identitiesOf(line), [correlationId, span?.traceId, span?.spanId, '01'])
    }
  }
})
