import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { withoutChromium as skip } from '../compose/browser.ts'
import { pages } from './browser-pages.ts'
import { largeSpanId, largeTrace } from './large-trace.ts'
import { send } from './running-viewer.ts'
import { keyValues, line, logs, span, spanIdOf, traceIdOf, traces } from './traffic.ts'

const open = pages()

async function openShop(t: Parameters<typeof open>[0]): Promise<Page> {
  const { ui, otlp, page } = await open(t)
  const child = { parentSpanId: spanIdOf(1) }
  const event = { name: 'retry', timeUnixNano: '1', attributes: keyValues({ why: 'Kettle empty' }) }
  await send(
    otlp,
    'traces',
    traces(
      'shop',
      span({ took: 90, name: 'POST /orders' }),
      span({ ...child, spanId: spanIdOf(2), at: 1, attributes: { item: 'KETTLE, red' } }),
      span({ ...child, spanId: spanIdOf(3), at: 2, events: [event] }),
      span({ ...child, spanId: spanIdOf(4), at: 3, name: 'other' }),
    ),
  )
  const attributes = keyValues({ sku: 'kettle-7' })
  await send(otlp, 'logs', logs('shop', line('sold', { at: 50, attributes })))
  await page.goto(`${ui}/trace/${traceIdOf(1)}`)
  await page.waitForLoadState()
  return page
}
const current = (page: Page) => page.locator('.spans > .current')
const count = (page: Page, text: string) =>
  page.locator('#find-in-trace output').getByText(text, { exact: true }).waitFor()

test('a text is found in attributes, events and lines of a trace, and one goes from each to the next', {
  skip,
}, async (t) => {
  const page = await openShop(t)
  await page.keyboard.press('f')
  await page.keyboard.insertText('kettle')
  await count(page, '1 of 3')
  assert.equal(await page.locator('.spans > .found').count(), 3)
  assert.equal(await current(page).getAttribute('id'), `s-${spanIdOf(2)}`)
  await page.keyboard.press('Enter')
  await count(page, '2 of 3')
  assert.equal(await current(page).getAttribute('id'), `s-${spanIdOf(3)}`)
  await page.keyboard.press('Enter')
  await current(page).getByText('sold').waitFor()
  await page.keyboard.press('Enter')
  await count(page, '1 of 3')
  await page.getByRole('button', { name: 'The one before' }).click()
  await count(page, '3 of 3')
  await page.keyboard.press('Escape')
})

test('what nothing has is said, and nothing is marked', { skip }, async (t) => {
  const page = await openShop(t)
  await page.getByLabel('Find in this trace').fill('kettle')
  await count(page, '1 of 3')
  await page.getByLabel('Find in this trace').fill('stringValue')
  await count(page, 'none')
  assert.equal(await page.locator('.found, .current').count(), 0)
})

test('lines that the level hides are not found', { skip }, async (t) => {
  const page = await openShop(t)
  await page.getByLabel('Log lines').selectOption('warn')
  await page.getByLabel('Find in this trace').fill('kettle')
  await count(page, '1 of 2')
})

test('a span that is folded away among ten thousand is unfolded and in sight', {
  skip,
}, async (t) => {
  const { ui, otlp, page } = await open(t)
  for (const part of largeTrace(10_000).spans) await send(otlp, 'traces', part)
  await page.goto(`${ui}/trace/${traceIdOf(1)}`)
  await page.locator(`#s-${largeSpanId(0)} i`).click()
  await page.locator(`#s-${largeSpanId(1)}`).waitFor({ state: 'detached' })
  await page.getByLabel('Find in this trace').fill('/things/7777')
  await count(page, '1 of 1')
  const box = await page.locator(`#s-${largeSpanId(7777)}.current`).boundingBox()
  assert.ok(box && box.y > 0 && box.y < 700)
})
