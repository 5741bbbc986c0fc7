import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { runPivot } from '../cli/run-pivot.ts'
import { startApp } from '../e2e/app-process.ts'
import { inEachBackend } from './each-backend.ts'

inEachBackend('a letter’s request and its job are one story', tellsTheLetter)

/** The app's own request and job, from the line of either to both. */
async function tellsTheLetter(t: TestContext, { ui, otlp }: { ui: string; otlp: string }) {
  const app = await startApp(t, {
    entry: 'test/e2e/fixtures/linked-job.ts',
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: otlp, TRACE_LOG_EVENTS: 'true' },
  })
  const headers = { 'x-correlation-id': 'letter-42' }
  await fetch(`${app.url}/letters`, { method: 'POST', headers })
  await app.waitForLine(({ msg }) => msg === 'letter sent')
  const { lines } = await app.stop()
  const ask = async (text: string) => (await runPivot([text, '--ui', ui, '--wait', '0s'])).stdout

  const request = lines.find(({ msg }) => msg === 'request completed')
  const job = lines.find(({ msg }) => msg === 'letter sent')
  assert.notEqual(request?.trace_id, job?.trace_id)
  const story = await ask('letter-42')
  assert.match(story, /^2 traces have this correlation id, in the order of their start:/)
  const parts = [
    /\nPOST \/letters {2}throughline /,
    new RegExp(`\nlinked to letters, span ${job?.span_id}, [^ ]+ [^ ]+ after\n`),
    /\nletters {2}throughline /,
    new RegExp(`\nlinked from POST /letters, span ${request?.span_id}, [^ ]+ [^ ]+ before\n`),
    /INFO working on the letter/,
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
