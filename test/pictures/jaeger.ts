// `JAEGER_BIN=… JAEGER_UI_ASSETS=… node test/pictures/jaeger.ts` makes docs/jaeger.png: what a line's trace_url opens.
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openBrowser } from '../compose/browser.ts'
import { jaegerTrace } from '../compose/jaeger-trace.ts'
import { startStack } from '../compose/stack.ts'

const FILE = fileURLToPath(new URL('../../docs/jaeger.png', import.meta.url))

test('a picture of a trace and its lines', (t) => takePicture(t))

async function takePicture(t: TestContext): Promise<void> {
  const { jaeger, request } = await startStack(t)
  // The first request of a process takes longer than any other, and would be what the picture is about.
  await request('/proxy', 'warm-up')
  const line = await request('/proxy', 'trace-abc')
  await jaegerTrace(jaeger.ui, line.trace_id, 3)
  const page = await (await openBrowser(t)).newPage()
  await page.setViewportSize({ width: 1200, height: 752 })
  await page.goto(String(line.trace_url))
  await page.getByText('request completed').waitFor()
  // A link to a span shows that span alone: the calls below it open on a click.
  for (const parent of [0, 1])
    await page.locator('.span-row .SpanTreeOffset.is-parent').nth(parent).click()
  await page.locator('.span-row .span-view').nth(2).click()
  await page.getByRole('heading', { name: 'GET /echo', exact: true }).waitFor()
  await page.getByText('request completed').nth(1).waitFor()
  await page.screenshot({ path: FILE })
}
