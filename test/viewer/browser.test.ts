import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { withoutChromium as skip } from '../compose/browser.ts'
import { pages } from './browser-pages.ts'
import { send } from './running-viewer.ts'
import { line, logs, span, spanIdOf, traceIdOf, traces } from './traffic.ts'

const open = pages()

/** A request with a child that fails, and the log lines of both. */
async function sendTrace(otlp: string): Promise<void> {
  await send(
    otlp,
    'traces',
    traces(
      'app',
      span({ took: 40, name: 'GET /boom', attributes: { 'correlation.id': 'boom-777' } }),
      span({
        spanId: spanIdOf(2),
        parentSpanId: spanIdOf(1),
        at: 5,
        took: 20,
        name: 'child',
        attributes: { 'peer.service': 'db' },
      }),
    ),
  )
  await send(
    otlp,
    'logs',
    logs(
      'app',
      line('handling /boom', { at: 1 }),
      line('asking the database', { at: 6, spanId: spanIdOf(2), severityNumber: 5 }),
      line('request failed', { at: 39, severityNumber: 17 }),
    ),
  )
}
const live = (page: Page) => page.locator('body.connected').waitFor()
const arrived = (page: Page, n: number) => page.locator(`#t-${traceIdOf(n)}`)

test('a pasted log line leads to its trace with its span chosen', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  await sendTrace(otlp)
  await page.goto(ui)
  await live(page)
  await page.keyboard.press('/')
  await page.keyboard.insertText(
    `${'x '.repeat(30_000)}app-1  | {"level":50,"trace_id":"${traceIdOf(1)}","span_id":"${spanIdOf(2)}","msg":"request failed"}`,
  )
  await page.keyboard.press('Enter')
  await page.waitForURL(`${ui}/trace/${traceIdOf(1)}?uiFind=${spanIdOf(2)}`)
  await page.locator(`#s-${spanIdOf(2)}.selected`).waitFor()
  await page.locator('#facts').getByText('peer.service').waitFor()
})

test('a line leads to its span and a span back to its lines', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  await sendTrace(otlp)
  await page.goto(`${ui}/trace/${traceIdOf(1)}`)
  await page.getByRole('link', { name: 'asking the database' }).click()
  await page.locator(`#s-${spanIdOf(2)}.selected`).waitFor()
  await page.waitForURL(`**?uiFind=${spanIdOf(2)}`)
  await page.locator('#facts').getByText('Show in the waterfall').click()
  await page.locator(`.log[data-span="${spanIdOf(2)}"].near > a:focus`).waitFor()
  await page.goBack()
  await page.locator('#facts').waitFor({ state: 'hidden' })
})

test('log lines are filtered by level, and what hangs below a span is folded', {
  skip,
}, async (t) => {
  const { ui, otlp, page } = await open(t)
  await sendTrace(otlp)
  await page.goto(`${ui}/trace/${traceIdOf(1)}`)
  const lines = () => page.locator('.log').filter({ visible: true }).count()
  assert.equal(await lines(), 3)
  await page.getByLabel('Log lines').selectOption('info')
  assert.equal(await lines(), 2)
  await page.getByLabel('Log lines').selectOption('none')
  assert.equal(await lines(), 0)
  await page.locator(`#s-${spanIdOf(1)} i`).click()
  await page.locator(`#s-${spanIdOf(2)}`).waitFor({ state: 'hidden' })
  await page.locator(`#s-${spanIdOf(1)} i`).click()
  await page.locator(`#s-${spanIdOf(2)}`).waitFor()
})

test('traces arrive live, and wait behind a button while somebody reads', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  await page.goto(ui)
  await live(page)
  await sendTrace(otlp)
  await arrived(page, 1).waitFor()
  await page.getByRole('link', { name: 'GET /boom' }).focus()
  for (const n of [2, 3])
    await send(otlp, 'traces', traces('app', span({ traceId: traceIdOf(n), at: n })))
  await page.getByRole('button', { name: '2 new' }).waitFor()
  assert.equal(await arrived(page, 2).count(), 0)
  await page.getByRole('button', { name: '2 new' }).click()
  await arrived(page, 3).waitFor()
  await send(otlp, 'traces', traces('app', span({ traceId: traceIdOf(4), at: 9 })))
  await arrived(page, 4).waitFor()
})

test('the list holds still for who has typed', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  await page.goto(ui)
  await live(page)
  await page.getByRole('searchbox').fill('abc')
  await page.getByRole('searchbox').blur()
  await sendTrace(otlp)
  await page.getByRole('button', { name: '1 new' }).waitFor()
  assert.equal(await arrived(page, 1).count(), 0)
})

test('an id of no trace that is here is no error of the page', { skip }, async (t) => {
  const { ui, page } = await open(t)
  await page.goto(ui)
  await page.getByRole('searchbox').fill(traceIdOf(1))
  await page.keyboard.press('Enter')
  await page.getByText('This trace is not here yet').waitFor()
  await page.reload()
  await page.getByText('This trace is not here yet').waitFor()
  assert.equal((await fetch(page.url())).status, 404, 'to a program it is one')
})

test('a page about a missing trace turns into the trace when that arrives', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  await page.goto(`${ui}/trace/${traceIdOf(1)}`)
  await page.getByText('This trace is not here yet').waitFor()
  await sendTrace(otlp)
  await page.locator(`#s-${spanIdOf(1)}`).waitFor()
})

test('a hostile span name and message stay text', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  const hostile = `<img src=x onerror="alert(1)"><script>alert(2)</script>`
  await send(
    otlp,
    'traces',
    traces(
      hostile,
      span({ name: hostile, attributes: { [hostile]: hostile, 'correlation.id': hostile } }),
    ),
  )
  await send(otlp, 'logs', logs('app', line(hostile)))
  await page.goto(ui)
  await page.locator('.traces').getByText(hostile).first().waitFor()
  await arrived(page, 1).getByRole('link').click()
  await page.locator('.waterfall').getByText(hostile).first().waitFor()
  await page.locator(`#s-${spanIdOf(1)} > a`).click()
  await page.locator('#facts td').getByText(hostile).first().waitFor()
  assert.equal(await page.locator('img, main script').count(), 0)
})

test('list and trace are worked with the keyboard alone', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  await sendTrace(otlp)
  await page.goto(ui)
  await live(page)
  await arrived(page, 1).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.locator('#waterfall').waitFor()
  await page.waitForLoadState() // the keys are heard once the script has run
  for (const key of ['j', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
  await page.keyboard.press('Enter')
  await page.locator(`#s-${spanIdOf(2)}.selected`).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('#facts').waitFor({ state: 'hidden' })
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await page.keyboard.press('ArrowLeft')
  await page.locator(`#s-${spanIdOf(2)}`).waitFor({ state: 'hidden' })
})

test('the ids of a trace and of a span are copied', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  await sendTrace(otlp)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${ui}/trace/${traceIdOf(1)}`)
  await page.locator(`#s-${spanIdOf(2)} > a`).click()
  for (const [name, id] of [
    ['trace id', traceIdOf(1)],
    ['correlation id', 'boom-777'],
    ['span id', spanIdOf(2)],
  ] as const) {
    const button = page.getByRole('button', { name: `Copy the ${name}` })
    await button.click()
    await button.getByText('copied').waitFor()
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), id)
  }
})

test('nothing is wider than a phone', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t, { width: 390 })
  await sendTrace(otlp)
  const links = [{ traceId: traceIdOf(1), spanId: spanIdOf(2) }]
  const name = 'a-job-with-a-name-as-long-as-that-of-a-queue-and-its-topic-together'
  await send(otlp, 'traces', traces('worker', span({ traceId: traceIdOf(2), name, links })))
  for (const path of [
    '/',
    `/trace/${traceIdOf(1)}`,
    `/trace/${traceIdOf(1)}?uiFind=${spanIdOf(2)}`,
  ]) {
    await page.goto(ui + path)
    assert.ok((await page.evaluate('document.documentElement.scrollWidth')) === 390, path)
  }
})

test('a story leads from the list to the request, its job and back along the links', {
  skip,
}, async (t) => {
  const { ui, otlp, page } = await open(t)
  const [request, job] = [1, 2].map((n) => ({ traceId: traceIdOf(n), spanId: spanIdOf(n) }))
  const attributes = { 'correlation.id': 'order-1' }
  const post = span({ ...request, attributes, name: 'POST /orders' })
  const orders = span({ ...job, attributes, name: 'orders', at: 12, links: [request] })
  await send(otlp, 'traces', traces('shop', post, orders))
  await page.goto(`${ui}/search?q=order-1`)
  await page.getByRole('link', { name: 'one story' }).click()
  await page.waitForURL(`${ui}/trace/${traceIdOf(1)}#story`)
  const story = page.getByRole('region', { name: 'This story' })
  assert.match(await story.locator('[aria-current]').innerText(), /POST \/orders/)
  await story.getByRole('link', { name: 'orders', exact: false }).last().click()
  await page.waitForURL(`${ui}/trace/${traceIdOf(2)}`)
  await page
    .locator(`#s-${spanIdOf(2)}`)
    .getByText('linked')
    .click()
  await page.locator('#facts').getByRole('link', { name: 'POST /orders, 12 ms before' }).click()
  await page.waitForURL(`${ui}/trace/${traceIdOf(1)}?uiFind=${spanIdOf(1)}`)
  await page.locator('#facts').getByRole('link', { name: 'orders, 12 ms after' }).click()
  await page.waitForURL(`${ui}/trace/${traceIdOf(2)}?uiFind=${spanIdOf(2)}`)
})

test('of a long story the current trace is in sight', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  const parts = Array.from({ length: 60 }, (_, n) =>
    span({
      traceId: traceIdOf(n + 1),
      spanId: spanIdOf(n + 1),
      at: n,
      attributes: { 'correlation.id': 'long-1' },
    }),
  )
  await send(otlp, 'traces', traces('shop', ...parts))
  await page.goto(`${ui}/trace/${traceIdOf(30)}`)
  const story = await page.locator('.story ol').boundingBox()
  const current = await page.locator('.story [aria-current]').boundingBox()
  assert.ok(story && current)
  assert.ok(current.y >= story.y && current.y + current.height <= story.y + story.height)
})
