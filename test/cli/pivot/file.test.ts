import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { runningViewer, send } from '../../viewer/running-viewer.ts'
import { line, logs, span, traceIdOf, traces } from '../../viewer/traffic.ts'
import { runPivot } from '../run-pivot.ts'

const order = span({ name: 'POST /orders', attributes: { 'correlation.id': 'order-1' } })
const links = [{ traceId: traceIdOf(1), spanId: order.spanId }]
const job = span({ traceId: traceIdOf(2), name: 'orders', at: 20, links })
const other = span({ traceId: traceIdOf(3), name: 'GET /other', at: 40 })

function fileOf(t: TestContext, text: string, name = 'traces.json'): string {
  const folder = mkdtempSync(join(tmpdir(), 'pivot-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const jsonLines = (...values: object[]) => values.map((each) => JSON.stringify(each)).join('\n')
/** Asking this one would fail: nothing listens there. */
const env = { TRACE_UI_URL: 'http://127.0.0.1:9' }

test('a trace that was saved from its page is drawn with its lines, without a backend', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('shop', order))
  await send(otlp, 'logs', logs('shop', line('sold', { at: 5 })))
  const saved = await (await fetch(`${ui}/trace/${traceIdOf(1)}/otlp.json`)).text()
  const file = fileOf(t, saved)
  const { status, stdout, stderr } = await runPivot([file], { env })
  assert.deepEqual([status, stderr], [0, ''])
  assert.match(stdout, /^POST \/orders {2}shop {2}10 ms, 1 span/)
  assert.match(stdout, /└ INFO sold +\+5 ms\n/)
  assert.ok(stdout.trimEnd().endsWith(pathToFileURL(file).href))
})

test('of a file with many traces all are drawn, or those of an id with what is linked', async (t) => {
  const file = fileOf(t, jsonLines(traces('shop', order), traces('worker', job, other)))
  const all = await runPivot([file], { env })
  assert.match(all.stdout, /^3 traces are in this file, in the order of their start:\n/)
  const order1 = await runPivot([file, 'order-1'], { env })
  assert.match(order1.stdout, /^1 trace has this correlation id, 1 more linked with it/)
  assert.doesNotMatch(order1.stdout, /GET \/other/)
  const line = JSON.stringify({ trace_id: traceIdOf(3), span_id: other.spanId })
  const { stdout } = await runPivot([file, line, '--json'], { env })
  const report = JSON.parse(stdout)
  assert.deepEqual(report.traces[0].traceId, traceIdOf(3))
  assert.equal(report.ui, pathToFileURL(file).href)
})

test('what is not in the file is said at once, with the services that are', async (t) => {
  const file = fileOf(t, jsonLines(traces('shop', order)))
  const pause = () => assert.fail('a file does not grow')
  const { status, stderr } = await runPivot([file, 'order-9'], { env, pause })
  assert.equal(status, 1)
  assert.equal(stderr, `No trace with correlation id order-9 in ${file}: this one knows shop.\n`)
})

test('a file whose name does not say that it is JSON is taken for an id', async (t) => {
  const file = fileOf(t, '{}', 'order-1')
  const { stderr } = await runPivot([file, '--wait', '0s'], { env })
  assert.match(stderr, /nothing answers at/)
})

test('a file that is none of traces is told of, and a name that is no file is an id', async (t) => {
  const { status, stderr } = await runPivot([fileOf(t, '{"some":1}')], { env })
  assert.equal(status, 1)
  assert.match(stderr, /^pivot: cannot open .*traces\.json: it is no OTLP JSON/)
  const missing = await runPivot(['nowhere.json', '--wait', '0s'], { env })
  assert.match(missing.stderr, /nothing answers at/)
})
