import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutJaeger } from '../jaeger/start-jaeger.ts'
import { openBrowser, withoutChromium } from './browser.ts'
import { jaegerTrace } from './jaeger-trace.ts'
import { startStack } from './stack.ts'

const skip = withoutJaeger() || withoutChromium

test("trace_url on a line opens its trace, its span marked, with the span's lines", {
  skip,
}, async (t) => {
  const { jaeger, request } = await startStack(t)
  const line = await request('/work', 'abc-123')
  await jaegerTrace(jaeger.ui, line.trace_id, 1)
  const page = await (await openBrowser(t)).newPage()
  await page.goto(String(line.trace_url))

  await page.locator('.span-row.is-matching-filter').getByText('GET /work').waitFor()
  const lines = await page
    .locator('.AccordionEvents--content .AccordionAttributes--header')
    .allTextContents()
  assert.deepEqual(
    lines.map((text) => /event=(.*)log\.severity/.exec(text)?.[1]),
    ['handling /work', 'done with async work', 'request completed'],
  )
})

test('Trace Logs lists the lines of all services in their order', { skip }, async (t) => {
  const { jaeger, request } = await startStack(t)
  const line = await request('/proxy', 'trace-abc')
  await jaegerTrace(jaeger.ui, line.trace_id, 3)
  const page = await (await openBrowser(t)).newPage()
  await page.goto(String(line.trace_url))

  await page.getByText('Trace Timeline').click()
  await page.getByText('Trace Logs').click()
  const rows = page.locator('.trace-logs-table tbody tr.ant-table-row')
  await rows.first().waitFor()
  const cells = await rows.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('td')].slice(1, 4).map((cell) => cell.textContent)),
  )
  assert.deepEqual(cells, [
    ['downstream', 'GET /echo', 'request completed'],
    ['throughline', 'GET /proxy', 'request completed'],
  ])
})

test('a correlation id on a span leads to every trace that has it', { skip }, async (t) => {
  const { app, jaeger, request } = await startStack(t)
  const other = await request('/work', 'other')
  const first = await request('/work', 'again')
  await fetch(`${app.url}/proxy`, { headers: { 'x-correlation-id': 'again' } })
  const second = await app.waitForLine(
    ({ trace_id, correlationId }) => correlationId === 'again' && trace_id !== first.trace_id,
  )
  await jaegerTrace(jaeger.ui, other.trace_id, 1)
  await jaegerTrace(jaeger.ui, first.trace_id, 1)
  await jaegerTrace(jaeger.ui, second.trace_id, 3)
  const browser = await openBrowser(t)
  const page = await browser.newPage()
  await page.goto(String(first.trace_url))

  await page.locator('.AccordionAttributes--header').first().click()
  const opened = browser.waitForEvent('page')
  await page.getByRole('link', { name: 'again' }).click()
  const search = await opened
  await search.getByText('2 Traces').waitFor()
})
