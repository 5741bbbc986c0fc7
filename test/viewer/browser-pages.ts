import assert from 'node:assert/strict'
import { after, before, type TestContext } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumPath } from '../compose/browser.ts'
import { runningViewer } from './running-viewer.ts'

const quiet = ['quic', 'background-networking', 'component-update', 'sync', 'gpu']

/**
 * Opens a page for a test, beside a viewer of its own, in one Chromium for the whole file; the test fails where the
 * page says anything on its console.
 */
export function pages() {
  let browser: Browser | undefined
  before(async () => {
    if (chromiumPath === undefined) return
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--no-sandbox', '--no-first-run', ...quiet.map((name) => `--disable-${name}`)],
    })
  })
  after(() => browser?.close())
  return async (t: TestContext, options: PageOptions = {}) => {
    assert.ok(browser)
    const { width = 1200, colorScheme = 'light', mayRefuse, ...more } = options
    const page = await browser.newPage({ viewport: { width, height: 700 }, colorScheme, ...more })
    const said = saidBy(page, mayRefuse)
    t.after(async () => {
      await page.close()
      assert.deepEqual(said, [])
    })
    // Hooks run in this order: the page is gone before its viewer is, and has nothing to say about that.
    return { ...(await runningViewer(t)), page }
  }
}

interface PageOptions {
  width?: number
  colorScheme?: 'light' | 'dark'
  timezoneId?: string
  locale?: string
  /** A status, of which the console speaks, that is part of the test. */
  mayRefuse?: number
}

function saidBy(page: Page, expected: number | undefined): string[] {
  const said: string[] = []
  page.on('console', (message) => {
    if (!message.text().includes(`status of ${expected} `)) said.push(message.text())
  })
  page.on('pageerror', (error) => said.push(error.message))
  page.on('dialog', (dialog) => said.push(`dialog: ${dialog.message()}`))
  return said
}
