import assert from 'node:assert/strict'
import { test } from 'node:test'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { withoutChromium as skip } from '../compose/browser.ts'
import { pages } from './browser-pages.ts'
import { send } from './running-viewer.ts'
import { keyValues, line, logs, span, spanIdOf, traceIdOf, traces } from './traffic.ts'

const open = pages()

/** One trace with all that the pages mark: an error, a link, lines of each level, an orphan, services of each colour. */
async function sendEverything(otlp: string): Promise<void> {
  const correlated = { 'correlation.id': 'order-1' }
  const stack = keyValues({ 'exception.type': 'Error', 'exception.stacktrace': 'at a\nat b' })
  const failed = {
    status: { code: 2, message: 'it broke' },
    events: [{ name: 'exception', attributes: stack }],
  }
  await send(otlp, 'traces', traces('shop', span({ took: 90, attributes: correlated, ...failed })))
  for (let n = 2; n < 11; n++)
    await send(
      otlp,
      'traces',
      traces(
        `service-${n}`,
        span({ spanId: spanIdOf(n), parentSpanId: spanIdOf(n === 10 ? 99 : 1), at: n }),
      ),
    )
  const links = [{ traceId: traceIdOf(1), spanId: spanIdOf(1) }]
  const job = span({ traceId: traceIdOf(2), name: 'job', at: 500, links, attributes: correlated })
  await send(otlp, 'traces', traces('worker', job))
  const levels = [1, 5, 9, 13, 17, 21].map((severityNumber) =>
    line(`level ${severityNumber}`, { severityNumber }),
  )
  await send(otlp, 'logs', logs('shop', ...levels))
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(`axe.run(document, { resultTypes: ['violations'] })`)
  return axeResult
    .parse(found)
    .violations.flatMap(({ id, impact, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id} (${impact}): ${html} ${failureSummary}`),
    )
}
const axeResult = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })),
    }),
  ),
})

const looks = [
  { colorScheme: 'light', width: 1200 },
  { colorScheme: 'dark', width: 1200 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
] as const
for (const look of looks)
  test(`axe finds nothing on any page, ${look.colorScheme}, ${look.width} pixels wide`, {
    skip,
  }, async (t) => {
    const { ui, otlp, page } = await open(t, { ...look, mayRefuse: 404 })
    await page.goto(ui)
    await page.getByText('No traces yet').waitFor()
    const found: Record<string, string[]> = { 'the empty list': await violations(page) }
    await sendEverything(otlp)
    for (const path of [
      '/',
      '/search?service=shop&minDuration=soon',
      '/search?q=no+id+in+here',
      '/search?tags=%7B%22correlation.id%22%3A%22order-1%22%7D',
      `/trace/${traceIdOf(1)}`,
      `/trace/${traceIdOf(1)}?uiFind=${spanIdOf(1)}`,
      `/trace/${traceIdOf(1)}?uiFind=${spanIdOf(77)}`,
      `/trace/${traceIdOf(2)}?uiFind=${spanIdOf(1)}`,
      `/trace/${traceIdOf(9)}`,
      '/nowhere',
    ]) {
      await page.goto(ui + path)
      found[path] = await violations(page)
    }
    await page.goto(`${ui}/trace/${traceIdOf(1)}`)
    await page.getByLabel('Find in this trace').fill('e')
    await page.locator('.spans > .current').waitFor()
    found['what is found in a trace'] = await violations(page)
    for (const [path, each] of Object.entries(found)) assert.deepEqual(each, [], path)
  })

test('the Tab key reaches all that one can use', { skip }, async (t) => {
  const { ui, otlp, page } = await open(t)
  await sendEverything(otlp)
  for (const path of ['/', `/trace/${traceIdOf(1)}?uiFind=${spanIdOf(1)}`]) {
    await page.goto(ui + path)
    await page.waitForLoadState()
    const left = `[...document.querySelectorAll('a, button, input, select, summary, [tabindex]')]
      .filter((each) => each.checkVisibility() && !each.matches('[data-reached]'))
      .map((each) => each.outerHTML.slice(0, 200))`
    assert.ok(z.array(z.string()).parse(await page.evaluate(left)).length > 12, path)
    // A field for a time takes one for each of its parts.
    for (let n = 0; n < 150; n++) {
      await page.keyboard.press('Tab')
      await page.evaluate(`document.activeElement.dataset.reached = ''`)
    }
    assert.deepEqual(await page.evaluate(left), [], path)
  }
})
