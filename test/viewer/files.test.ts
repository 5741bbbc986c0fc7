import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { withoutChromium as skip } from '../compose/browser.ts'
import { pages } from './browser-pages.ts'
import { raw, runningViewer, send } from './running-viewer.ts'
import { line, logs, span, spanIdOf, traceIdOf, traces } from './traffic.ts'

const open = pages()
const child = span({ spanId: spanIdOf(2), parentSpanId: spanIdOf(1), at: 5, name: 'child' })

async function sendTrace(otlp: string): Promise<void> {
  await send(otlp, 'traces', traces('shop', span({ attributes: { 'correlation.id': 'abc' } })))
  await send(otlp, 'traces', traces('stock', child))
  await send(otlp, 'logs', logs('shop', line('sold'), line('sold', { at: 1 })))
}
const saved = async (ui: string) => (await fetch(`${ui}/trace/${traceIdOf(1)}/otlp.json`)).text()
const post = (ui: string, body: string) => fetch(`${ui}/open`, { method: 'POST', body })

test('a trace is saved with its lines and opened again as it was, once however often', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await sendTrace(otlp)
  const response = await fetch(`${ui}/trace/${traceIdOf(1)}/otlp.json`)
  const name = `attachment; filename="trace-${traceIdOf(1)}.json"`
  assert.equal(response.headers.get('content-disposition'), name)
  const file = await response.text()
  const other = await runningViewer(t)
  for (let times = 0; times < 2; times++) {
    const answer = await (await post(other.ui, file)).json()
    assert.deepEqual(answer, { traceIds: [traceIdOf(1)], rejected: 0 })
    assert.deepEqual(JSON.parse(await saved(other.ui)), JSON.parse(file))
  }
  assert.equal(JSON.parse(file).resourceLogs[0].scopeLogs[0].logRecords.length, 2)
})

test('a trace that is not here is no file', async (t) => {
  const { ui } = await runningViewer(t)
  assert.equal((await fetch(`${ui}/trace/${traceIdOf(1)}/otlp.json`)).status, 404)
})

test('an answer of the query API and a collector’s file are opened too', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await sendTrace(otlp)
  const answer = await (await fetch(`${ui}/api/v3/traces/${traceIdOf(1)}`)).text()
  const requests = [
    traces('shop', span()),
    traces('stock', child),
    logs('shop', line('sold')),
    traces('job', span({ traceId: traceIdOf(2) })),
  ]
  const lines = requests.map((each) => `${JSON.stringify(each)}\n`).join('')
  for (const [file, ids] of [
    [answer, [1]],
    [`\ufeff${lines}`, [1, 2]],
    [JSON.stringify(requests), [1, 2]],
  ] as const) {
    const fresh = await runningViewer(t)
    const { traceIds } = await (await post(fresh.ui, file)).json()
    assert.deepEqual(traceIds, ids.map(traceIdOf))
    assert.equal((await fetch(`${fresh.ui}/trace/${traceIdOf(1)}`)).status, 200)
  }
})

test('what is no such file is told of, and what of one cannot be read is counted', async (t) => {
  const { ui } = await runningViewer(t)
  for (const [body, reason] of [
    ['', /no JSON/],
    ['<html>', /it is no JSON/],
    ['{"resourceSpans":[]}\nnot json', /line 2 is no JSON/],
    ['{"some":"thing"}', /it is no OTLP JSON/],
    ['7', /it is no OTLP JSON/],
    ['{"resourceSpans":7}', /it is no OTLP JSON.*resourceSpans/],
    ['{"data":[{"traceID":"1"}]}', /Jaeger’s own/],
  ] as const) {
    const answer = await post(ui, body)
    assert.deepEqual([answer.status, reason.test(await answer.text())], [400, true], body)
  }
  const odd = JSON.stringify(traces('shop', span(), span({ spanId: 'odd' })))
  const { rejected, reason } = await (await post(ui, odd)).json()
  assert.equal(rejected, 1)
  assert.match(reason, /16 hex digits/)
})

test('all is let go, lines without a trace and the names of services too; no other site may ask for that', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await sendTrace(otlp)
  const clear = (origin: string) =>
    raw(`${ui}/clear`, { method: 'POST', headers: { origin }, body: '' })
  assert.equal((await clear('https://example.com')).status, 403)
  assert.equal((await fetch(`${ui}/trace/${traceIdOf(1)}`)).status, 200)
  assert.equal((await clear(ui)).status, 303)
  const missing = await (await fetch(`${ui}/trace/${traceIdOf(1)}`)).text()
  assert.match(missing, /not here/)
  assert.doesNotMatch(missing, /sold/)
  assert.deepEqual(await (await fetch(`${ui}/api/v3/services`)).json(), { services: [] })
  await sendTrace(otlp)
  assert.equal((await fetch(`${ui}/trace/${traceIdOf(1)}`)).status, 200)
})

/** Drops a file on the page, as a browser does. */
const drop = (page: Page, name: string, text: string) =>
  page.evaluate(`{
    const data = new DataTransfer()
    data.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}))
    const over = new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true })
    if (document.body.dispatchEvent(over)) throw new Error('a file may not be dropped here')
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
  }`)

test('a file that was saved from a page is dropped on another viewer’s, or chosen there', {
  skip,
}, async (t) => {
  const { ui, otlp, page } = await open(t)
  await sendTrace(otlp)
  await page.goto(`${ui}/trace/${traceIdOf(1)}`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'OTLP JSON' }).click(),
  ])
  const path = await download.path()
  assert.equal(download.suggestedFilename(), `trace-${traceIdOf(1)}.json`)

  const other = await runningViewer(t)
  await page.goto(other.ui)
  await drop(page, 'trace.json', await readFile(path, 'utf8'))
  await page.waitForURL(`${other.ui}/trace/${traceIdOf(1)}`)
  await page.getByRole('link', { name: 'sold' }).first().waitFor()

  const third = await runningViewer(t)
  await page.goto(third.ui)
  await page.getByLabel('Open a saved trace').setInputFiles(path)
  await page.waitForURL(`${third.ui}/trace/${traceIdOf(1)}`)
})

test('the page says what is wrong with a file, and what of it could not be read', {
  skip,
}, async (t) => {
  const { ui, page } = await open(t, { mayRefuse: 400 })
  await page.goto(ui)
  await drop(page, 'other.json', '{"some":"thing"}')
  await page.getByText('other.json cannot be opened: it is no OTLP JSON').waitFor()
  await drop(page, 'odd.json', JSON.stringify(traces('shop', span(), span({ spanId: 'odd' }))))
  await page.getByText('odd.json has 1 that cannot be read').waitFor()
  await page.getByRole('link', { name: 'Show it' }).click()
  await page.waitForURL(`${ui}/trace/${traceIdOf(1)}`)
})

test('all is cleared from the list, in two steps', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  await sendTrace(otlp)
  await page.goto(ui)
  await page.getByText('Clear all').click()
  await page.getByRole('button', { name: 'Let all traces and log lines go' }).click()
  await page.getByText('No traces yet').waitFor()
})
