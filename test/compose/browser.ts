import { existsSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { type BrowserContext, chromium } from 'playwright-core'

const USUAL = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`)

/** Where Chromium is: CHROMIUM, or one of the usual places; undefined where there is none. */
export const chromiumPath = [process.env.CHROMIUM, ...USUAL].find(
  (path) => path !== undefined && existsSync(path),
)

/** Why tests with a real browser are skipped, or false where there is one. */
export const withoutChromium =
  chromiumPath === undefined &&
  'install Chromium with the system’s package manager, or set CHROMIUM to its path'

/** A real, headless Chromium that talks to nobody on its own. */
export async function openBrowser(t: Pick<TestContext, 'after'>): Promise<BrowserContext> {
  const browser = await chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: [
      '--no-sandbox',
      '--headless',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  t.after(() => browser.close())
  return browser.newContext({ viewport: { width: 1280, height: 800 } })
}
