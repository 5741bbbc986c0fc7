import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutChromium as skip } from '../compose/browser.ts'
import { pages } from './browser-pages.ts'
import { linking, of, spanIdOf, traceIdOf } from './linked-traffic.ts'
import { page as pageOf, runningViewer, send } from './running-viewer.ts'
import { base, traces } from './traffic.ts'

const open = pages()
// Two minutes before midnight in UTC, which is the day after in Tokyo.
const late = Date.UTC(2026, 5, 1, 23, 58, 7, 42)

test('times are in the reader’s zone, with their date where that is not today’s, and the zone is said', {
  skip,
}, async (t) => {
  const { ui, otlp, page } = await open(t, { timezoneId: 'Asia/Tokyo' })
  const today = Date.UTC(2026, 5, 3, 20, 30, 1, 5)
  await page.clock.setFixedTime(today + 60_000)
  await send(
    otlp,
    'traces',
    traces(
      'app',
      linking(1, [], { ...of('abc'), at: late - base }),
      linking(2, [1], { ...of('abc'), at: today - base }),
    ),
  )
  await page.goto(ui)
  const times = page.locator('.traces time')
  const [ofToday, ofBefore] = ['05:30:01.005', '2026-06-02 08:58:07.042']
  assert.deepEqual(await times.allInnerTexts(), [ofToday, ofBefore])
  assert.equal(await page.getByText('times in Asia/Tokyo').count(), 1)

  await page.goto(`${ui}/trace/${traceIdOf(1)}`)
  await page.getByText('Started Asia/Tokyo').waitFor()
  assert.equal(await page.locator('.head time').innerText(), ofBefore)
  const story = page.locator('.story time')
  assert.match(await story.nth(0).innerText(), new RegExp(ofBefore))
  assert.equal(await story.nth(1).getAttribute('title'), '2026-06-04 05:30:01.005')
  await page.locator(`#s-${spanIdOf(1)} > a`).click()
  await page.locator('#facts .sum').getByText(ofBefore).waitFor()
})

test('times of traces that arrive while one looks are in the reader’s zone too', {
  skip,
}, async (t) => {
  const { ui, otlp, page } = await open(t, { timezoneId: 'America/New_York' })
  await page.goto(ui)
  await page.locator('body.connected').waitFor()
  await send(otlp, 'traces', traces('app', linking(1, [], { at: late - base })))
  await page.locator('.traces').getByText('2026-06-01 19:58:07.042').waitFor()
})

test('the list is filtered by a time range in the reader’s zone, and its URL works in any', {
  skip,
}, async (t) => {
  const { ui, otlp, page } = await open(t, { timezoneId: 'Asia/Tokyo' })
  const at = (n: number, time: number) => linking(n, [], { at: time - base })
  await send(otlp, 'traces', traces('app', at(1, late - 60_000), at(2, late), at(3, late + 60_000)))
  await page.goto(ui)
  await page.getByLabel('Started from').fill('2026-06-02T08:58')
  await page.getByLabel('until').fill('2026-06-02T08:59:00')
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.waitForURL(/start=/)
  assert.match(page.url(), /[?&]start=1780358280000000&end=1780358340000000/)
  assert.deepEqual(await page.locator('.traces > li').count(), 1)
  await page.locator(`#t-${traceIdOf(2)}`).waitFor()
  assert.equal(await page.getByLabel('Started from').inputValue(), '2026-06-02T08:58')
})

test('without a script the range is in UTC, as the times are; what is no time is told of', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('app', linking(1, [], { at: late - base })))
  const list = async (query: string) => (await pageOf(`${ui}/search?${query}`)).html
  const row = new RegExp(`id="t-${traceIdOf(1)}"`)
  assert.match(await list('from=2026-06-01T23:58:07&to=2026-06-01T23:58:08'), row)
  assert.match(await list('from=2026-06-01T23:58'), row)
  assert.doesNotMatch(await list('to=2026-06-01T23:58:07'), row)
  assert.match(await list('from=yesterday'), /a time is written as 2026-/)
  assert.match(await list('start=-1'), /microseconds since 1970/)
})

test('without a script times are in UTC, with their date, and say so', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('app', linking(1, [], { at: late - base })))
  const list = await pageOf(`${ui}/`)
  assert.match(list.html, /datetime="2026-06-01T23:58:07.042Z">2026-06-01 23:58:07.042</)
  assert.match(list.html, /times in <span class="zone">UTC</)
})
