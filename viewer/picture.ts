import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const usual = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`)

/**
 * Takes a PNG picture of a page, as the README shows one; throws an Error where there is no Chromium.
 *
 * @example node viewer/picture.ts http://127.0.0.1:16686/trace/<trace id>?uiFind=<span id> trace.png
 */
export async function takePicture(
  url: string,
  path: string,
  { width = 1280, height = 720, env = process.env } = {},
): Promise<void> {
  const executablePath = [env.CHROMIUM, ...usual].find((file) => file && existsSync(file))
  if (!executablePath)
    throw new Error('no Chromium: install it with the system’s package manager or set CHROMIUM')
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--no-first-run', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' })
    const response = await page.goto(url)
    if (!response?.ok())
      throw new Error(`${url} answered ${response?.status()}, so there is no picture`)
    await page.screenshot({ path })
  } finally {
    await browser.close()
  }
}

if (import.meta.main) {
  const [url, path] = process.argv.slice(2)
  if (!url || !path) {
    console.error('usage: node viewer/picture.ts URL FILE.png')
    process.exit(2)
  }
  await takePicture(url, path).catch((error: unknown) => {
    console.error(`picture: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  })
}
