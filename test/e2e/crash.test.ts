import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identitiesOf, observedApp } from './observed-app.ts'
import { assertTree } from './span-tree.ts'

const WHY = {
  uncaught: 'thrown in the middle of nothing',
  rejection: 'nobody caught it',
  'rejection of nothing': 'thrown: undefined',
}

for (const [how, message] of Object.entries(WHY)) {
  test(`a crash (${how}) leaves the line and the span that tell which request it was`, async (t) => {
    const app = await observedApp(t, { entry: 'test/e2e/fixtures/held-request.ts' })
    await assert.rejects(app.request(`/crash/${how}`, 'crash-1'))
    const { code, lines, stderr } = await app.end()

    assert.equal(code, 1)
    assert.equal(stderr, '')
    assertTree(app.spans, 'GET /crash/:how (server) ERROR')
    const [span] = app.spans
    assert.equal(span?.attributes['correlation.id'], 'crash-1')
    assert.equal(span.events[0]?.attributes['exception.message'], message)
    const fatal = lines.filter(({ level }) => level === 60)
    assert.equal(fatal.length, 1)
    assert.ok(JSON.stringify(fatal[0]?.err).includes(message))
    for (const line of [fatal[0], ...lines.filter(({ msg }) => msg === 'request aborted')]) {
      assert.deepEqual(line && identitiesOf(line), ['crash-1', span.traceId, span.spanId, '01'])
    }
  })
}

test('a crash in a child span that has ended is on the server span, where its line leads', async (t) => {
  const app = await observedApp(t, { entry: 'test/e2e/fixtures/held-request.ts' })
  await assert.rejects(app.request(`/crash/${encodeURIComponent('after a span')}`, 'crash-2'))
  const { lines } = await app.end()

  assertTree(
    app.spans,
    `
GET /crash/:how (server) ERROR
└─ child (internal)
`,
  )
  const server = app.spans.find(({ kind }) => kind === 'server')
  assert.equal(server?.events[0]?.attributes['exception.message'], 'its span has ended')
  const fatal = lines.find(({ level }) => level === 60)
  assert.deepEqual(fatal && identitiesOf(fatal), ['crash-2', server.traceId, server.spanId, '01'])
})

test('a crash is not delayed by a collector that is down', async (t) => {
  const app = await observedApp(t, {
    entry: 'test/e2e/fixtures/held-request.ts',
    env: { OTEL_EXPORTER_OTLP_TIMEOUT: '3600000', SHUTDOWN_TIMEOUT_MS: '3600000' },
  })
  app.sink.behave('refuse')
  await assert.rejects(app.request('/crash/uncaught'))
  const { code, lines } = await app.end()
  assert.equal(code, 1)
  assert.equal(lines.at(-1)?.msg, 'telemetry export failing')
  assert.equal(lines.at(-1)?.spansLost, 1)
})
