import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type AppOptions, REGISTERED } from './app-process.ts'
import { identitiesOf, observedApp, requestLines } from './observed-app.ts'
import { assertTree } from './span-tree.ts'

test('the start says which libraries are really patched', async (t) => {
  const { line } = await startLine(t)
  assert.equal(line?.level, 30)
  assert.deepEqual(line?.patched, ['http', 'express', 'undici'])
  assert.equal('unpatched' in line, false)
})

test('an app that was loaded before its instrumentation is warned that spans will be missing', async (t) => {
  const nodeArgs = ['--import', './test/e2e/fixtures/app-first.ts', ...REGISTERED]
  const { app, line } = await startLine(t, { nodeArgs })
  assert.equal(line?.level, 40)
  assert.deepEqual(line?.patched, ['http', 'undici'])
  assert.deepEqual(line?.unpatched, ['express'])
  assert.match(String(line?.reason), /--import \.\/otel\/register\.ts before every other/)
  // The warning tells the truth: nobody knows the route.
  assertTree(app.spans, 'GET (server)')
})

test('a library that takes the place of a patched function is warned about', async (t) => {
  const nodeArgs = [...REGISTERED, '--import', './test/e2e/fixtures/http-replaced.ts']
  const { line } = await startLine(t, { nodeArgs })
  assert.equal(line?.level, 40)
  assert.deepEqual(line?.patched, ['express', 'undici'])
  assert.deepEqual(line?.unpatched, ['http'])
})

test('log records reach the collector with the ids of their request where they are asked for', async (t) => {
  const { app, line } = await startLine(t, { env: { OTEL_LOGS_EXPORTER: 'otlp' } })
  assert.deepEqual(line?.patched, ['http', 'express', 'undici', 'pino'])
  const lines = requestLines(app.lines)
  assert.equal(lines.length, 3)
  for (const written of lines) {
    const record = app.sink.records.find(
      ({ body, spanId }) => body === written.msg && spanId === written.span_id,
    )
    assert.equal(record?.traceId, written.trace_id)
    assert.equal(record?.attributes.correlationId, 'abc-123')
    assert.deepEqual(identitiesOf(written).slice(0, 1), ['abc-123'])
  }
})

/** The app after one request, and the line that it said about telemetry at its start. */
async function startLine(t: TestContext, options: AppOptions = {}) {
  const app = await observedApp(t, options)
  await app.request('/work', 'abc-123')
  await app.stop()
  return { app, line: app.lines.find(({ msg }) => msg === 'telemetry on') }
}
