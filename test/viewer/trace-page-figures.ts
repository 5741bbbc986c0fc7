// `node test/viewer/trace-page-figures.ts 5000 10000` says what a large trace costs in Chromium, in milliseconds.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright-core'
import { z } from 'zod'
import { chromiumPath } from '../compose/browser.ts'
import { largeSpanId, largeTrace } from './large-trace.ts'
import { send } from './running-viewer.ts'
import { traceIdOf } from './traffic.ts'

const rounds = 5

/** From the input until what it led to is painted, the driver's own few milliseconds included. */
async function timed(page: Page, act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await act()
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
  return performance.now() - start
}

/** By the browser's own clock: until rows are painted, and until the script has them all. */
const opened = async (page: Page, url: string, mark: 'seen' | 'whole') => {
  await page.goto(url)
  return z.number().parse(
    await page.evaluate(
      mark === 'seen'
        ? `new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
            .observe({ type: 'paint', buffered: true }))`
        : "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd",
    ),
  )
}

async function figures(page: Page, spans: number, ui: string, otlp: string) {
  const trace = largeTrace(spans)
  for (const part of trace.spans) await send(otlp, 'traces', part)
  await send(otlp, 'logs', trace.lines)
  const root = page.locator(`#s-${largeSpanId(0)} i`)
  const url = `${ui}/trace/${traceIdOf(1)}`
  const middle = largeSpanId(Math.floor(spans / 2))
  const actions: [string, () => Promise<number>][] = [
    ['open, until seen', () => opened(page, url, 'seen')],
    ['open, until whole', () => opened(page, url, 'whole')],
    ['first key', () => timed(page, () => page.keyboard.press('ArrowDown'))],
    ['next key', () => timed(page, () => page.keyboard.press('ArrowDown'))],
    ['scroll a page', () => timed(page, () => page.evaluate('scrollBy(0, innerHeight)'))],
    [
      'scroll to the middle',
      () => timed(page, () => page.evaluate('scrollTo(0, document.body.scrollHeight / 2)')),
    ],
    [
      'scroll to the end',
      () => timed(page, () => page.evaluate('scrollTo(0, document.body.scrollHeight)')),
    ],
    ['back to the top', () => timed(page, () => page.evaluate('scrollTo(0, 0)'))],
    ['fold the root', () => timed(page, () => root.click())],
    ['unfold the root', () => timed(page, () => root.click())],
    ['hide the lines', () => timed(page, () => page.getByLabel('Log lines').selectOption('none'))],
    [
      'select',
      () =>
        timed(page, async () => {
          await page.locator(`#s-${largeSpanId(3)} > a`).click()
          await page.locator('#facts h2').waitFor()
        }),
    ],
    ['open at a span, until whole', () => opened(page, `${url}?uiFind=${middle}`, 'whole')],
  ]
  const taken = new Map<string, number[]>(actions.map(([name]) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const [name, act] of actions) taken.get(name)?.push(await act())
  return [...taken].map(([name, each]) => ({
    spans,
    action: name,
    median: Math.round(each.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0),
    most: Math.round(Math.max(...each)),
  }))
}

/** A viewer in a process of its own, as it is in use. */
async function startViewer() {
  const main = join(import.meta.dirname, '../../cli/main.ts')
  const child = spawn(process.execPath, [main, 'viewer', '--ui-port', '0', '--otlp-port', '0'])
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { ui, otlp } = z.object({ ui: z.url(), otlp: z.url() }).parse(JSON.parse(line))
  return { ui, otlp, end: () => child.kill() }
}

if (import.meta.main) {
  if (chromiumPath === undefined) throw new Error('there is no Chromium: set CHROMIUM to its path')
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
  for (const spans of process.argv.slice(2).map(Number)) {
    const viewer = await startViewer()
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    console.table(await figures(page, spans, viewer.ui, viewer.otlp))
    await page.close()
    viewer.end()
  }
  await browser.close()
}
