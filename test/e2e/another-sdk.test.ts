import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REGISTERED } from './app-process.ts'
import { identitiesOf, observedApp, requestLines } from './observed-app.ts'
import { assertTree } from './span-tree.ts'

const PROXIED = `
GET (server)
└─ GET (client)
   └─ GET (server)
`
const OWN = ['--import', './test/e2e/fixtures/own-sdk.ts']

test('beside an SDK of the owner, and without our register, lines and spans have both identities', async (t) => {
  const app = await observedApp(t, { nodeArgs: OWN })
  await app.request('/proxy', 'abc-123')
  const { code } = await app.stop()

  assert.equal(code, 0)
  const [start] = app.lines
  assert.deepEqual(
    [start?.msg, start?.level, start?.sdk, start?.api],
    ['telemetry on', 30, 'TracerProvider', '1.10.0'],
  )
  assert.match(String(start?.reason), /another SDK makes the spans/)
  // They arrive although its next batch would have left seconds later: it was asked for them before the exit.
  assertTree(app.spans, PROXIED)
  const spanOf = new Map(app.spans.map((span) => [span.spanId, span]))
  for (const line of requestLines(app.lines)) {
    const span = spanOf.get(String(line.span_id))
    assert.deepEqual(identitiesOf(line), ['abc-123', span?.traceId, span?.spanId, '01'])
  }
  for (const { attributes } of app.spans) assert.equal(attributes['correlation.id'], 'abc-123')
})

test('an SDK of the owner that cannot send its last spans holds the end up for two seconds at the most', async (t) => {
  const env = { SHUTDOWN_TIMEOUT_MS: '86400000', OTEL_EXPORTER_OTLP_TIMEOUT: '86400000' }
  const app = await observedApp(t, { nodeArgs: OWN, env })
  app.sink.behave('hang')
  await app.request('/work', 'abc-123')
  const { code } = await app.stop()
  assert.equal(code, 0)
})

test('an SDK of the owner that was first makes the spans alone, and the start says how to have one', async (t) => {
  const app = await observedApp(t, { nodeArgs: [...OWN, ...REGISTERED] })
  await app.request('/proxy', 'abc-123')
  const { stderr } = await app.stop()

  const [start] = app.lines
  assert.equal(start?.level, 40)
  assert.match(
    String(start?.reason),
    /holds trace.*; take out \.\/otel\/register\.ts to keep that one/,
  )
  assertTree(app.spans, PROXIED)
  assert.equal(stderr, '')
})

for (const [what, env, other] of [
  [
    '',
    {},
    /take out @opentelemetry\/sdk-node in .*own-sdk\.ts:\d+, or take out \.\/otel\/register\.ts/,
  ],
  [', whoever has its messages', { OTEL_LOG_LEVEL: 'error' }, /instrumentation-http/],
] as const) {
  test(`an SDK of the owner that comes second is told of at the start, with what to take out${what}`, async (t) => {
    const app = await observedApp(t, { nodeArgs: [...REGISTERED, ...OWN], env })
    const { stderr } = await app.stop()

    const [start] = app.lines
    assert.deepEqual([start?.msg, start?.level], ['telemetry on', 40])
    assert.match(String(start?.reason), /^two SDKs make spans of each request/)
    assert.match(String(start?.reason), other)
    if (what === '')
      assert.deepEqual(stderr.match(/"msg":"[^"]*"|Attempted/g), ['"msg":"telemetry twice"'])
  })
}

for (const [what, env] of [
  ['', {}],
  [', whoever has its messages', { OTEL_LOG_LEVEL: 'error' }],
] as const) {
  test(`an SDK of the owner that comes after the start has a line of its own${what}`, async (t) => {
    const app = await observedApp(t, { entry: 'test/e2e/fixtures/late-sdk.ts', env })
    await app.stop()

    const warnings = app.lines.filter(({ level }) => level === 40)
    assert.deepEqual(
      warnings.map(({ msg }) => msg),
      ['telemetry twice'],
    )
    assert.match(String(warnings[0]?.reason), /take out @opentelemetry\//)
  })
}
