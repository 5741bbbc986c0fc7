import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Env, type Line, spawnApp } from './app-process.ts'
import { type Behaviour, startSink } from './sink.ts'

const entry = 'test/e2e/fixtures/short-lived.ts'
const PLACES = ['the main thread', 'a worker thread', 'a forked child']

for (const place of PLACES) {
  test(`no span is lost in ${place} that comes to its end by itself`, async (t) => {
    const { sink, code, said } = await run(t, { RUNS_IN: place, ENDS_BY: 'itself' })
    assert.deepEqual([code, sink.spans.length, said], [0, 3, []])
  })

  for (const how of ['exit', 'error']) {
    test(`${place} that ends at once (${how}) says how many spans are lost with it`, async (t) => {
      const { sink, said } = await run(t, { RUNS_IN: place, ENDS_BY: how })
      assert.equal(sink.spans.length, 0)
      assert.deepEqual(
        said.map(({ level, signal, reason, spansLost }) => [level, signal, reason, spansLost]),
        [['warn', 'traces', 'the process ended before they were sent', 3]],
      )
    })
  }
}

test('spans that are made when all seemed to be over arrive too', async (t) => {
  const { sink, code, said } = await run(t, { ENDS_BY: 'more work' })
  assert.deepEqual([code, sink.spans.length, said], [0, 6, []])
})

const DOWN: Behaviour[] = ['refuse', 'hang']
for (const behaviour of DOWN) {
  test(`a collector that is down (${behaviour}) does not keep a script, which says what is lost`, async (t) => {
    // Left alone the export would last for ever.
    const env = { ENDS_BY: 'itself', OTEL_EXPORTER_OTLP_TIMEOUT: '2147483647' }
    const { code, said } = await run(t, env, behaviour)
    assert.equal(code, 0)
    assert.deepEqual(
      said.map(({ msg, spansLost }) => [msg, spansLost]),
      [['telemetry export failing', 3]],
    )
  })
}

test('a script that nobody gave a logger can be looked into with OTEL_LOG_LEVEL=debug', async (t) => {
  const { sink, code, lines } = await run(t, { ENDS_BY: 'itself', OTEL_LOG_LEVEL: 'debug' })
  assert.deepEqual([code, sink.spans.length], [0, 3])
  assert.ok(lines.some(({ details }) => String(details).startsWith('items to be sent')))
})

/** Runs the script to its end: `lines` is what it wrote to stderr, and `said` what of it is about export. */
async function run(t: TestContext, env: Env, behaviour: Behaviour = 'ok') {
  const sink = await startSink(t)
  sink.behave(behaviour)
  const script = spawnApp(t, { entry, env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, ...env } })
  const { code, stderr } = await script.end()
  const lines = stderr
    .split('\n')
    .filter((line) => line.startsWith('{"'))
    .map((line): Line => JSON.parse(line))
  const said = lines.filter(({ msg }) => String(msg).startsWith('telemetry'))
  return { sink, code, lines, said }
}
