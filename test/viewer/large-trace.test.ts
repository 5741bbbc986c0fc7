import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { withoutChromium as skip } from '../compose/browser.ts'
import { pages } from './browser-pages.ts'
import { largeSpanId, largeTrace } from './large-trace.ts'
import { page as pageOf, runningViewer, send } from './running-viewer.ts'
import { line, logs, span, traceIdOf, traces } from './traffic.ts'

const open = pages()
const count = 10_000

/** A page with the large trace, all of which it has; what it puts into the document is counted from here on. */
async function openLarge(t: Parameters<typeof open>[0], search = '') {
  const { ui, otlp, page } = await open(t)
  const trace = largeTrace(count)
  for (const part of trace.spans) await send(otlp, 'traces', part)
  await send(otlp, 'logs', trace.lines)
  await page.goto(`${ui}/trace/${traceIdOf(1)}${search}`)
  await page.locator(`.spans > [aria-setsize="${trace.rows}"]`).first().waitFor()
  await page.evaluate(`
    window.added = 0
    new MutationObserver((records) => {
      for (const { addedNodes } of records) added += addedNodes.length
    }).observe(document.querySelector('.spans'), { childList: true })`)
  return { page, rows: trace.rows }
}
const added = async (page: Page) => Number(await page.evaluate('added'))
const rowsThere = (page: Page) => page.locator('.spans > li').count()
const row = (page: Page, n: number) => page.locator(`#s-${largeSpanId(n)}`)
/** More rows than two screens of them and what is spare beside one. */
const most = 150

test('a large trace has the rows near the window in its page, wherever that is', {
  skip,
}, async (t) => {
  const { page } = await openLarge(t)
  assert.ok((await rowsThere(page)) <= most)
  for (const [place, n] of [
    ['document.body.scrollHeight', count - 1],
    ['0', 0],
  ] as const) {
    await page.evaluate(`scrollTo(0, ${place})`)
    await row(page, n).waitFor()
    assert.ok((await rowsThere(page)) <= most)
  }
  assert.ok((await added(page)) <= 2 * most)
})

test('the keys go from row to row of a large trace, and put none into its page before the end of those that are there', {
  skip,
}, async (t) => {
  const { page } = await openLarge(t)
  for (let n = 0; n < 10; n++) await page.keyboard.press('ArrowDown')
  await page.locator(`#s-${largeSpanId(8)} > a:focus`).waitFor()
  assert.equal(await added(page), 0)
  for (let n = 0; n < 300; n++) await page.keyboard.press('j')
  const focused = page.locator('.spans > li:has(> a:focus)')
  assert.equal(await focused.getAttribute('aria-posinset'), '310')
  assert.ok((await added(page)) <= 15 * most)
})

test('folding hides thousands of rows at the cost of those in sight', { skip }, async (t) => {
  const { page, rows } = await openLarge(t)
  const fold = row(page, 0).locator('i')
  await fold.click()
  await row(page, 1).waitFor({ state: 'detached' })
  assert.equal(await rowsThere(page), 1)
  await fold.click()
  await row(page, 1).waitFor()
  assert.equal(await row(page, 0).getAttribute('aria-setsize'), String(rows))
  await page.getByLabel('Log lines').selectOption('none')
  await page.locator(`.spans > [aria-setsize="${count}"]`).first().waitFor()
  assert.ok((await added(page)) <= 3 * most)
})

test('a span in the middle of a large trace is in sight when its page opens, and a folded one when it is selected', {
  skip,
}, async (t) => {
  const { page } = await openLarge(t, `?uiFind=${largeSpanId(5005)}`)
  const isInSight = async (n: number) => {
    const selected = page.locator(`#s-${largeSpanId(n)}.selected`)
    await selected.waitFor()
    const box = await selected.boundingBox()
    assert.ok(box && box.y >= 0 && box.y + box.height <= 700, JSON.stringify(box))
  }
  await isInSight(5005)
  await page.evaluate('scrollTo(0, 0)')
  await row(page, 0).locator('i').click()
  await row(page, 1).waitFor({ state: 'detached' })
  await page.locator('#facts').getByRole('link', { name: 'parent' }).click()
  await isInSight(5001)
})

test('the rows that the page of a large trace comes with are those in sight, and stay', {
  skip,
}, async (t) => {
  const { ui, otlp, page } = await open(t)
  for (const part of largeTrace(1000).spans) await send(otlp, 'traces', part)
  await page.addInitScript(`
    window.put = 0
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node.matches?.('.spans > li')) put += 1
    }).observe(document, { childList: true, subtree: true })`)
  for (const search of ['', `?uiFind=${largeSpanId(505)}`]) {
    await page.goto(`${ui}/trace/${traceIdOf(1)}${search}`)
    await page.locator('.spans > [aria-setsize="1000"]').first().waitFor()
    assert.equal(await page.evaluate('put'), 100, search)
  }
})

test('names and messages of a large trace are text, whatever is in them', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  const hostile = `</script><script>alert(1)</script>\n<li id="x"><!-- <script> "'&`
  const rows = Array.from({ length: 300 }, (_, n) =>
    span({ spanId: largeSpanId(n), at: n, name: `${n}${hostile}` }),
  )
  await send(otlp, 'traces', traces('app', ...rows))
  const message = line(hostile, { at: 300, spanId: largeSpanId(299) })
  await send(otlp, 'logs', logs('app', message))
  await page.goto(`${ui}/trace/${traceIdOf(1)}`)
  await page.locator('.spans > [aria-setsize="301"]').first().waitFor()
  await page.evaluate('scrollTo(0, document.body.scrollHeight)')
  await row(page, 299).getByText(hostile.replaceAll(/\s+/g, ' ')).waitFor()
  await page.locator('.spans > .log').getByText(hostile.replaceAll(/\s+/g, ' ')).waitFor()
  assert.equal(await page.locator('main script, #x').count(), 0)
})

test('without a script the page has some rows of a large trace, and leads to the others', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  for (const part of largeTrace(1000).spans) await send(otlp, 'traces', part)
  const idsOf = (html: string) => html.match(/(?<=<li [^>]*id="s-b*)\d+/g)?.map(Number) ?? []
  const seen: number[] = []
  let next: string | undefined = ''
  while (next !== undefined) {
    const { html } = await pageOf(`${ui}/trace/${traceIdOf(1)}${next}`)
    const [listed = ''] = /<ol class="spans">.*?<\/ol>/s.exec(html) ?? []
    seen.push(...idsOf(listed))
    next = /href="([^"]+)">Rows after these/.exec(html)?.[1]?.replace('&amp;', '&')
  }
  assert.deepEqual(
    seen.toSorted((a, b) => a - b),
    Array.from({ length: 1000 }, (_, n) => n),
  )
})
