// `node test/pictures/viewer.ts` makes docs/viewer.png: the trace that the demo ends with, in the viewer.
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startCommand } from '../cli/command-process.ts'
import { openBrowser } from '../compose/browser.ts'
import { runningViewer } from '../viewer/running-viewer.ts'

const FILE = fileURLToPath(new URL('../../docs/viewer.png', import.meta.url))

test('a picture of a trace in the viewer', (t) => takePicture(t))

async function takePicture(t: TestContext): Promise<void> {
  const viewer = await runningViewer(t)
  const { port: ui } = new URL(viewer.ui)
  const { port: otlp } = new URL(viewer.otlp)
  const args = ['demo', '--once', '--ui-port', ui, '--otlp-port', otlp]
  await startCommand(t, { entry: 'cli/main.ts', args }).end()
  const page = await (await openBrowser(t)).newPage()
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.goto(`${viewer.ui}/search?q=trace-abc`)
  await page.locator('.span', { hasText: 'GET /echo' }).getByRole('link').click()
  await page.getByRole('heading', { name: 'GET /echo' }).waitFor()
  await page.screenshot({ path: FILE })
}
