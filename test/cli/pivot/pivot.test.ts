import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { holdPort } from '../../jaeger/held-port.ts'
import { checkoutTrace } from '../checkout-trace.ts'
import { startCommand } from '../command-process.ts'
import { fakeBackend, listen } from '../fake-backend.ts'
import { copyProject } from '../project-copy.ts'
import { runPivot } from '../run-pivot.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const start = Date.UTC(2026, 0, 2, 3, 4, 5)
const result = checkoutTrace(traceId, 'abc-123', start)

test('--json has a stable shape', async (t) => {
  const ui = await withCheckout(t)
  const { status, stdout } = await runPivot([traceId, '--ui', ui, '--json'])
  assert.equal(status, 0)
  const report = JSON.parse(stdout)
  const [trace] = report.traces
  assert.deepEqual(report.query, { traceId, correlationId: traceId })
  assert.equal(report.ui, ui)
  assert.deepEqual(
    { ...trace, spans: trace.spans.length, logs: trace.logs.length },
    {
      traceId,
      url: `${ui}/trace/${traceId}?uiFind=00000000000000a1`,
      startTime: '2026-01-02T03:04:05.000Z',
      durationMs: 40,
      services: ['shop', 'payments'],
      correlationIds: ['abc-123'],
      errorCount: 2,
      spans: 3,
      logs: 3,
    },
  )
  assert.deepEqual(trace.spans[2], {
    spanId: '00000000000000b1',
    parentSpanId: '00000000000000a2',
    service: 'payments',
    name: 'POST /charge',
    startTime: '2026-01-02T03:04:05.004Z',
    offsetMs: 4,
    durationMs: 26,
    error: true,
    statusMessage: 'card declined',
    attributes: { 'correlation.id': 'abc-123' },
  })
  assert.deepEqual(trace.logs[0], {
    time: '2026-01-02T03:04:05.001Z',
    offsetMs: 1,
    spanId: '00000000000000a1',
    level: 'INFO',
    message: 'taking the order',
    attributes: { 'log.severity': 'info' },
  })
})

test('log records of the backend replace the copies of them on spans', async (t) => {
  const record = {
    timeUnixNano: `${start + 5}000000`,
    severityNumber: 13,
    body: { stringValue: 'stock is low' },
    traceId,
    spanId: '00000000000000a2',
  }
  const resourceLogs = [{ resource: {}, scopeLogs: [{ scope: {}, logRecords: [record] }] }]
  const ui = await withCheckout(t, { '/api/logs': { result: { resourceLogs } } })
  const { stdout } = await runPivot([traceId, '--ui', ui])
  assert.match(stdout, / {2}└ WARN stock is low +\+5 ms/)
  assert.match(stdout, /EXCEPTION Error: card declined/)
  assert.doesNotMatch(stdout, /taking the order/)
})

test('however narrow the terminal, a trace is drawn on 50 columns', async (t) => {
  const ui = await withCheckout(t)
  const { stdout } = await runPivot([traceId, '--ui', ui], { columns: 20 })
  const [, ...rows] = stdout.split('\n').slice(0, 7)
  assert.deepEqual(new Set(rows.map(({ length }) => length)), new Set([50]))
})

test('a span that cannot be read costs itself alone, and is told of', async (t) => {
  const odd = { traceId, spanId: 'not hex', name: 'odd' }
  const resourceSpans = [...result.resourceSpans, { scopeSpans: [{ spans: [odd] }] }]
  const ui = await withCheckout(t, { [`/api/v3/traces/${traceId}`]: { result: { resourceSpans } } })
  const { status, stdout } = await runPivot([traceId, '--ui', ui])
  assert.equal(status, 0)
  assert.match(stdout, /GET \/checkout.*, 3 spans/)
  assert.match(stdout, /\nleft out what cannot be read: 1 span \(.*16 hex digits.*\)\n/)
  const { stdout: json } = await runPivot([traceId, '--ui', ui, '--json'])
  assert.equal(JSON.parse(json).traces[0].unread.rejected, 1)
})

test('an answer of which nothing can be read is none of a backend', async (t) => {
  const resourceSpans = [{ scopeSpans: [{ spans: [{ traceId, spanId: 'not hex' }] }] }]
  const ui = await withCheckout(t, { [`/api/v3/traces/${traceId}`]: { result: { resourceSpans } } })
  const { status, stderr } = await runPivot([traceId, '--ui', ui])
  assert.equal(status, 1)
  assert.match(stderr, /does not answer as Jaeger's v3 query API.*16 hex digits/)
})

test('of many traces the newest are drawn, and all are listed', async (t) => {
  const ids = Array.from({ length: 12 }, (_, n) => (n + 1).toString(16).repeat(32))
  const many = ids.map((id, index) => checkoutTrace(id, 'abc-123', start + index * 1000))
  const resourceSpans = many.flatMap((trace) => trace.resourceSpans).toReversed()
  const ui = await fakeBackend(t, { '/api/v3/traces': { result: { resourceSpans } } })
  const { stdout } = await runPivot(['abc-123', '--ui', ui])
  assert.match(stdout, /^12 traces have this correlation id, in the order of their start:\n/)
  const listed = Array.from(stdout.matchAll(/\/trace\/(\w+)/g), ([, id]) => id)
  assert.deepEqual(listed, ids)
  assert.equal(stdout.match(/INFO taking the order/g)?.length, 10)
  assert.ok(stdout.indexOf('INFO taking the order') > stdout.indexOf(ids[1] ?? ''))
})

test('a pipe leads to the last line with an id', async (t) => {
  const ui = await withCheckout(t)
  const stdin = [
    '{"level":30,"correlationId":"other-1","msg":"before"}',
    `{"level":50,"correlationId":"abc-123","trace_id":"${traceId}","msg":"request failed"}`,
    '{"level":30,"port":3000,"msg":"listening"}',
    'done',
    '[info],',
    '',
  ].join('\n')
  const { status, stdout } = await runPivot(['-', '--ui', ui, '--json'], { stdin })
  assert.equal(status, 0)
  assert.deepEqual(JSON.parse(stdout).query, { traceId, correlationId: 'abc-123' })
})

test('a pipe with an id alone leads to it', async (t) => {
  const ui = await withCheckout(t)
  const { stdout } = await runPivot(['-', '--ui', ui, '--json'], { stdin: 'abc-123\n' })
  assert.deepEqual(JSON.parse(stdout).query, { correlationId: 'abc-123' })
})

test('it waits for the span of the line, not for just any of its trace', async (t) => {
  const [shop, payments] = result.resourceSpans
  const arriving = [{ resourceSpans: [payments] }, { resourceSpans: [payments, shop] }]
  const ui = await listen(t, (request, response) => {
    if (/api.(logs|links)/.test(request.url ?? '')) response.statusCode = 404
    response.end(JSON.stringify({ result: arriving.length > 1 ? arriving.shift() : arriving[0] }))
  })
  const line = JSON.stringify({ trace_id: traceId, span_id: '00000000000000a1' })
  const { stdout } = await runPivot([line, '--ui', ui])
  assert.match(stdout, /▸ ✗ GET \/checkout/)
})

test('it asks as often as --wait allows, then says that it is not found', async (t) => {
  const ui = await fakeBackend(t, { '/api/v3/services': { services: [] } })
  let pauses = 0
  const pause = async () => void pauses++
  const missing = await runPivot(['abc-123', '--ui', ui, '--wait', '3s', '--json'], { pause })
  assert.equal(pauses, 6)
  assert.equal(missing.status, 1)
  assert.deepEqual(JSON.parse(missing.stdout).traces, [])
  assert.match(
    missing.stderr,
    /not sampled.*a collector may still.*not flushed yet.*evicted.*has no spans of any/s,
  )
})

test('that it waits is said once, and to a terminal alone', async (t) => {
  const ui = await fakeBackend(t, { '/api/v3/services': { services: [] } })
  const args = ['abc-123', '--ui', ui, '--wait', '3s']
  const { stderr } = await runPivot(args, { isTTY: true })
  assert.equal(stderr.match(/not there yet: asking for up to 3 s\n/g)?.length, 1)
  assert.doesNotMatch((await runPivot(args)).stderr, /asking for up to/)
})

test('nothing reachable is one line that says what to start', async () => {
  const { address, release } = await holdPort()
  await release()
  const { status, stderr } = await runPivot(['abc-123', '--ui', `http://${address}`])
  assert.equal(status, 1)
  assert.match(stderr, /^pivot: nothing answers at http:.*npm run viewer.*--ui\n$/)
})

test('what is no trace backend is told apart from a trace that is not there', async (t) => {
  const page = await listen(t, (_request, response) => response.end('<!doctype html>'))
  const api = await listen(t, (_request, response) => response.end('{"ok":true}'))
  const nothing = await fakeBackend(t, {})
  for (const ui of [page, api, nothing]) {
    const { status, stderr } = await runPivot(['abc-123', '--ui', ui, '--wait', '0s'])
    assert.equal(status, 1)
    assert.match(stderr, /does not answer as Jaeger's v3 query API/)
  }
})

test('a backend that ends in the middle of its answer counts as unreachable', async (t) => {
  const ui = await listen(t, (_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{', () => response.destroy())
  })
  const { status, stderr } = await runPivot(['abc-123', '--ui', ui])
  assert.equal(status, 1)
  assert.match(stderr, /^pivot: nothing answers/)
})

test('a backend that refuses is quoted', async (t) => {
  const ui = await listen(t, (_request, response) =>
    response.writeHead(503).end('over\u001b[2Jload'),
  )
  const { status, stderr } = await runPivot(['abc-123', '--ui', ui])
  assert.equal(status, 1)
  assert.equal(stderr, `pivot: ${ui} answered 503: over\\u{1b}[2Jload\n`)
})

test('the command reads its streams and environment, and colours nothing in a pipe', async (t) => {
  const ui = await withCheckout(t)
  const entry = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url))
  const env = { PATH: process.env.PATH, TRACE_UI_URL: ui }
  const child = spawn(process.execPath, [entry, 'pivot', '-'], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(`{"trace_id":"${traceId}"}\n`)
  const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  assert.equal(status, 0)
  assert.match(stdout, /^GET \/checkout/)
  assert.ok(!stdout.includes('\u001b'))
})

test('TRACE_UI_URL counts from a .env file, and the real environment before it', async (t) => {
  const cwd = await copyProject(t)
  const ui = await withCheckout(t)
  await writeFile(join(cwd, '.env'), `TRACE_UI_URL=${ui}\n`)
  const pivot = (env: Record<string, string>) =>
    startCommand(t, { entry: 'cli/main.ts', args: ['pivot', traceId, '--json'], cwd, env }).end()
  const fromFile = await pivot({})
  assert.equal(fromFile.code, 0, fromFile.stderr)
  assert.equal(JSON.parse(fromFile.stdout).ui, ui)
  const other = await withCheckout(t)
  assert.equal(JSON.parse((await pivot({ TRACE_UI_URL: other })).stdout).ui, other)
})

function withCheckout(t: TestContext, more: Record<string, unknown> = {}): Promise<string> {
  return fakeBackend(t, {
    [`/api/v3/traces/${traceId}`]: { result },
    '/api/v3/traces': { result },
    ...more,
  })
}
