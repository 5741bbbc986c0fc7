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

test('without a script times are in UTC, with their date, and say so', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'traces', traces('app', linking(1, [], { at: late - base })))
  const list = await pageOf(`${ui}/`)
  assert.match(list.html, /datetime="2026-06-01T23:58:07.042Z">2026-06-01 23:58:07.042</)
  assert.match(list.html, /times in <span class="zone">UTC</)
})
