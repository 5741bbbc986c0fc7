import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identitiesOf, observedApp, requestLines } from './observed-app.ts'
import { assertTree } from './span-tree.ts'

const REQUESTS = 500
const CONCURRENCY = 50
const PATHS = ['/work', '/boom', '/proxy']

const TREES: Record<string, string> = {
  '/work': 'GET /work (server)',
  '/boom': 'GET /boom (server) ERROR',
  '/proxy': `
GET /proxy (server)
└─ GET (client)
   └─ GET /echo (server)
`,
}
const LINES: Record<string, string[]> = {
  '/work': ['done with async work', 'handling /work', 'request completed'],
  '/boom': ['request completed', 'request failed'],
  '/proxy': ['request completed', 'request completed'],
}

test('under load every line leads to a span of its own request: none is missing, none is crossed', async (t) => {
  const app = await observedApp(t)
  const sent = new Map(
    Array.from({ length: REQUESTS }, (_, i) => [`join-${i}`, PATHS[i % PATHS.length] ?? '']),
  )
  const left = sent.entries()
  const client = async () => {
    for (const [correlationId, path] of left) {
      const { headers, body } = await app.request(path, correlationId)
      assert.equal(headers.get('x-correlation-id'), correlationId)
      assert.ok(body.includes(`"${correlationId}"`))
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, client))
  const { code, stderr } = await app.stop()
  assert.equal(code, 0)
  assert.equal(stderr, '')

  const exported = new Map(
    app.spans.map(({ traceId, spanId, attributes }) => [
      spanId,
      [attributes['correlation.id'], traceId, spanId, '01'],
    ]),
  )
  const lines = requestLines(app.lines)
  for (const line of lines) {
    assert.deepEqual(identitiesOf(line), exported.get(String(line.span_id)), `${line.msg}`)
  }

  for (const [correlationId, path] of sent) {
    const spans = app.spans.filter(
      ({ attributes }) => attributes['correlation.id'] === correlationId,
    )
    assertTree(spans, TREES[path] ?? '')
    const own = lines.filter((line) => line.correlationId === correlationId)
    assert.deepEqual(own.map(({ msg }) => msg).sort(), LINES[path], correlationId)
  }
  assert.equal(exported.size, app.spans.length, 'a span came twice')
})
