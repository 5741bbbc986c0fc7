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
  assertTree(app.spans, 'GET /work (server)')
  // Said once is enough.
  assert.equal(app.lines.filter(({ level }) => level === 40).length, 1)
})

test('a library that takes the place of a patched function is warned about', async (t) => {
  const nodeArgs = [...REGISTERED, '--import', './test/e2e/fixtures/http-replaced.ts']
  const { line } = await startLine(t, { nodeArgs })
  assert.equal(line?.level, 40)
  assert.deepEqual(line?.patched, ['express', 'undici'])
  assert.deepEqual(line?.unpatched, ['http'])
})

test('where another SDK registered first, the start names it, and claims nothing', async (t) => {
  const nodeArgs = ['--import', './test/e2e/fixtures/other-sdk.ts', ...REGISTERED]
  const { app, line } = await startLine(t, { nodeArgs })
  assert.equal(line?.level, 40)
  assert.match(
    String(line?.reason),
    /holds trace: VendorTracerProvider, .*api 1\.10\.0.*NODE_OPTIONS/,
  )
  assert.deepEqual([line?.patched, 'unpatched' in line], [[], false])
  assert.deepEqual(app.spans, [])
  // Nothing of ours makes spans for the other, beside its own.
  const [handling] = requestLines(app.lines)
  assert.deepEqual([handling?.correlationId, handling?.trace_id], ['abc-123', undefined])
})

test('where another copy of the API was there first, the start names its version', async (t) => {
  const nodeArgs = ['--import', './test/e2e/fixtures/other-api.ts', ...REGISTERED]
  const { app, line } = await startLine(t, { nodeArgs })
  assert.equal(line?.level, 40)
  assert.match(String(line?.reason), /another copy of the API.* 1\.9\.0.*NODE_OPTIONS/)
  assert.deepEqual(line?.patched, [])
  assert.deepEqual(app.spans, [])
})

test('an SDK that throws ours out is named too', async (t) => {
  const nodeArgs = [...REGISTERED, '--import', './test/e2e/fixtures/later-sdk.ts']
  const { line } = await startLine(t, { nodeArgs })
  assert.equal(line?.level, 40)
  assert.match(String(line?.reason), /holds trace: VendorTracerProvider/)
})

test('sending log records takes no id from a line, and each record has the ids of its request', async (t) => {
  const { app, line } = await startLine(t, { env: { OTEL_LOGS_EXPORTER: 'otlp' } })
  assert.deepEqual(line?.patched, ['http', 'express', 'undici', 'pino'])
  const [span] = app.spans
  const lines = requestLines(app.lines)
  assert.equal(lines.length, 3)
  for (const written of lines) {
    assert.deepEqual(identitiesOf(written), ['abc-123', span?.traceId, span?.spanId, '01'])
    const record = app.sink.records.find(({ body }) => body === written.msg)
    assert.deepEqual(
      [record?.attributes.correlationId, record?.traceId, record?.spanId],
      ['abc-123', span?.traceId, span?.spanId],
    )
  }
})

/** The app after one request, and the line that it said about telemetry at its start. */
async function startLine(t: TestContext, options: AppOptions = {}) {
  const app = await observedApp(t, options)
  await app.request('/work', 'abc-123')
  await app.stop()
  return { app, line: app.lines.find(({ msg }) => msg === 'telemetry on') }
}
