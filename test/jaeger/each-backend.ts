import { type TestContext, test } from 'node:test'
import { runningViewer } from '../viewer/running-viewer.ts'
import { startJaeger, withoutJaeger } from './start-jaeger.ts'

/** Tests what `is` so in the real Jaeger, and in the viewer, which stands in for it. */
export function inEachBackend(
  what: string,
  is: (t: TestContext, backend: { ui: string; otlp: string }) => Promise<void>,
): void {
  test(`${what} in Jaeger`, { skip: withoutJaeger() }, async (t) => is(t, await startJaeger(t)))
  test(`${what} in the viewer`, async (t) => is(t, await runningViewer(t)))
}
