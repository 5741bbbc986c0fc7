import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { runPivot } from '../cli/run-pivot.ts'
import { startApp } from '../e2e/app-process.ts'
import { runningViewer } from '../viewer/running-viewer.ts'
import { startJaeger, withoutJaeger } from './start-jaeger.ts'

test('an order’s request and its job are one story in Jaeger', {
  skip: withoutJaeger(),
}, async (t) => {
  await tellsTheOrder(t, await startJaeger(t))
})

test('an order’s request and its job are one story in the viewer', async (t) => {
  await tellsTheOrder(t, await runningViewer(t))
})

/** The app's own request and job, from the line of either to both. */
async function tellsTheOrder(t: TestContext, { ui, otlp }: { ui: string; otlp: string }) {
  const app = await startApp(t, {
    entry: 'test/e2e/fixtures/linked-job.ts',
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: otlp, TRACE_LOG_EVENTS: 'true' },
  })
  const headers = { 'x-correlation-id': 'order-42' }
  await fetch(`${app.url}/orders`, { method: 'POST', headers })
  await app.waitForLine(({ msg }) => msg === 'order done')
  const { lines } = await app.stop()
  const ask = async (text: string) => (await runPivot([text, '--ui', ui, '--wait', '0s'])).stdout

  const request = lines.find(({ msg }) => msg === 'request completed')
  const job = lines.find(({ msg }) => msg === 'order done')
  assert.notEqual(request?.trace_id, job?.trace_id)
  const story = await ask('order-42')
  assert.match(story, /^2 traces have this correlation id, in the order of their start:/)
  const parts = [
    /\nPOST \/orders {2}throughline /,
    new RegExp(`\nlinked to orders, span ${job?.span_id}, [^ ]+ [^ ]+ after\n`),
    /\norders {2}throughline /,
    new RegExp(`\nlinked from POST /orders, span ${request?.span_id}, [^ ]+ [^ ]+ before\n`),
    /INFO working on the order/,
  ]
  const places = parts.map((part) => story.search(part))
  assert.ok(
    places.every((at, n) => at > (places[n - 1] ?? 0)),
    `${places}\n${story}`,
  )

  for (const [line, other] of [
    [request, job],
    [job, request],
  ]) {
    const text = await ask(JSON.stringify(line))
    const ids = Array.from(text.matchAll(/\/trace\/(\w+)/g), ([, id]) => id)
    assert.deepEqual(ids, [line?.trace_id, other?.trace_id])
  }
}
