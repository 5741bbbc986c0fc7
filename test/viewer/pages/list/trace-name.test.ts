import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutChromium as skip } from '../../../compose/browser.ts'
import { pages } from '../../browser-pages.ts'
import { page as pageOf, runningViewer, send } from '../../running-viewer.ts'
import { base, span, spanIdOf, traceIdOf, traces } from '../../traffic.ts'

const open = pages()

/** A request behind a gateway that reports elsewhere, and a call that it made. */
const behindGateway = (at: number) =>
  traces(
    'shop',
    span({ spanId: spanIdOf(3), parentSpanId: spanIdOf(2), at: at + 2, name: 'GET /stock' }),
    span({ spanId: spanIdOf(2), parentSpanId: spanIdOf(1), at, name: 'GET /shop' }),
    span({ spanId: spanIdOf(4), parentSpanId: spanIdOf(9), at: at + 5, name: 'lost parent' }),
  )

test('a trace whose root does not come is named by the earliest span whose parent is not here', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', behindGateway(0))
  assert.match((await pageOf(ui)).html, /<b>GET \/shop<\/b><span class="service">shop/)
  assert.match((await pageOf(`${ui}/trace/${traceIdOf(1)}`)).html, /<\/span> GET \/shop<\/h1>/)
  const summaries =
    'query.startTimeMin=2000-01-01T00:00:00Z&query.startTimeMax=2100-01-01T00:00:00Z'
  const api = await fetch(`${ui}/api/v3/trace-summaries?${summaries}`)
  assert.equal((await api.json()).summaries[0].rootOperationName, undefined)
})

test('a root that comes late names its trace', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', behindGateway(0))
  await send(otlp, 'traces', traces('gateway', span({ name: 'GET /', at: -5 })))
  assert.match((await pageOf(ui)).html, /<b>GET \/<\/b><span class="service">gateway \+1/)
})

test('while the root may still be on its way the list says so, and names the trace later by itself', {
  skip,
}, async (t) => {
  const { ui, otlp, page } = await open(t)
  const eightSecondsAgo = Date.now() - base - 8000
  await send(otlp, 'traces', behindGateway(eightSecondsAgo))
  await page.goto(ui)
  await page.locator('.traces').getByText('(no root span yet)').waitFor()
  await page.locator('.traces').getByText('GET /shop').waitFor()
})
