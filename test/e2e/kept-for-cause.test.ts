import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { Env, Line } from './app-process.ts'
import { observedApp, requestLines } from './observed-app.ts'
import type { ReceivedSpan } from './otlp-request.ts'
import { startSink } from './sink.ts'
import { type Outcome, someOf, startTwoServices } from './two-services.ts'

/** What the links on the lines begin with. */
const UI = 'http://ui.example'
const KEPT_FOR = 'throughline.kept_for'
const ADJUSTED_COUNT = 'throughline.adjusted_count'

test('at a head of 1 % each request that fails or is slow has its trace, and its lines the link', async (t) => {
  const sink = await startSink(t)
  const services = await startTwoServices(t, { otlp: sink.url, ui: UI })
  const outcomes = someOf(2000, { failed: 100, slow: 50 })
  await services.send(outcomes)
  const lines = await services.stop()

  const shop = of('shop', sink.spans)
  const isTroubled = ({ here, there }: Outcome) => here !== 'well' || there !== 'well'
  assertKept(shop, lines.shop, outcomes.map(isTroubled), 2)
  const stock = of('stock', sink.spans)
  assertKept(
    stock,
    lines.stock,
    outcomes.map(({ there }) => there !== 'well'),
    1,
  )

  // What the head decides it decides for both, and only here is it known of how many it takes one.
  const wellSampled = shop.filter((span) => span.attributes[ADJUSTED_COUNT] === 100).length
  const estimate = shop.reduce(
    (sum, { attributes }) => sum + Number(attributes[ADJUSTED_COUNT] ?? 0),
    0,
  )
  assert.equal(estimate, 150 + 100 * wellSampled)
  assert.deepEqual(
    new Set(stock.map((span) => span.attributes[ADJUSTED_COUNT])),
    new Set([1, undefined]),
  )
})

/** `each` spans of each request that was in trouble, and of one in a hundred others; all others dropped on purpose. */
function assertKept(spans: ReceivedSpan[], lines: Line[], troubled: boolean[], each: number): void {
  const byId = Map.groupBy(spans, ({ attributes }) => Number(attributes['correlation.id']))
  for (const theirs of byId.values()) assert.equal(theirs.length, each)
  const there = [...byId.keys()]
  assert.deepEqual(
    there.filter((id) => troubled[id]).toSorted((a, b) => a - b),
    troubled.flatMap((is, id) => (is ? [id] : [])),
  )
  // Of 1850 or 1925 by chance: fewer or more than this once in ten million runs.
  const sampled = there.filter((id) => !troubled[id]).length
  assert.ok(sampled >= 2 && sampled <= 45, `${sampled} of those that went well`)

  for (const line of requestLines(lines)) {
    const theirs = byId.get(Number(line.correlationId)) ?? []
    const server = theirs.find(({ kind }) => kind === 'server')
    const url = server && `${UI}/trace/${server.traceId}?uiFind=${server.spanId}`
    assert.equal(line.trace_url, url, JSON.stringify(line))
    const isKept = line.trace_flags === '00'
    for (const span of theirs) {
      const says = isKept || (span === server && troubled[Number(line.correlationId)] === true)
      assert.equal(KEPT_FOR in span.attributes, says, JSON.stringify(line))
    }
  }
  assertCounted({ lines, spans }, each * troubled.length)
}

test('each way to fail keeps the trace, and says which it was', async (t) => {
  const app = await keeping(t, { TRACE_KEEP_SLOWER_MS: '200', SLOW_MS: '300' })
  for (const how of [
    'well',
    'throws',
    'says',
    'hides',
    'answers',
    'slow',
    'job',
    'message',
    'later',
  ]) {
    await app.request(`/outcome/${how}/none`, how)
  }
  await leave(`${app.url}/outcome/aborted/none`, 'aborted')
  await app.waitForLine(({ msg }) => msg === 'request aborted')
  await app.stop()

  const kept = app.spans.map(({ attributes }) => [
    attributes['correlation.id'],
    attributes[KEPT_FOR],
  ])
  const job = app.spans.find(({ name }) => name === 'cleanup')
  const message = app.spans.find(({ name }) => name === 'orders')
  assert.equal(message?.kind, 'consumer')
  assert.deepEqual(
    new Map(kept.map(([id, why]) => [String(id), why])),
    new Map<string, unknown>([
      ['throws', 'error_line'],
      ['says', 'error_line'],
      ['hides', 'error_line'],
      ['answers', 'error'],
      ['slow', 'slow'],
      [String(job?.attributes['correlation.id']), 'error_line'],
      ['message', 'exception'],
      ['later', 'error_line'],
      ['aborted', 'error'],
    ]),
  )
  assertLinked(app.lines, app.spans)
  assertCounted(app, 10 + ['cleanup', 'orders'].length)
  const unlinked = requestLines(app.lines).filter(({ trace_url }) => trace_url === undefined)
  // The last of these was said before anything had failed.
  assert.deepEqual(
    unlinked.map(({ correlationId, msg }) => [correlationId, msg]),
    [
      ['well', 'request completed'],
      ['job', 'request completed'],
      ['message', 'request completed'],
      ['later', 'request completed'],
    ],
  )
})

test('without a limit for slow ones only failures are kept, and the other way round', async (t) => {
  for (const [env, kept] of [
    [{ TRACE_KEEP_ERRORS: 'true' }, 'throws'],
    [{ TRACE_KEEP_ERRORS: 'false', TRACE_KEEP_SLOWER_MS: '200' }, 'slow'],
  ] as const) {
    const app = await keeping(t, { SLOW_MS: '300', ...env })
    for (const how of ['slow', 'throws']) await app.request(`/outcome/${how}/none`, how)
    await app.stop()
    assert.deepEqual(
      app.spans.map(({ attributes }) => attributes['correlation.id']),
      [kept],
    )
    const linked = app.lines.filter(({ trace_url }) => trace_url !== undefined)
    assert.deepEqual(new Set(linked.map((line) => line.correlationId)), new Set([kept]))
  }
})

test('of pipelined requests each is decided about by itself', async (t) => {
  const app = await keeping(t)
  const hows = Array.from({ length: 40 }, (_, place) => (place % 4 === 1 ? 'throws' : 'well'))
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1').resume()
  socket.write(
    hows
      .map(
        (how, place) =>
          `GET /outcome/${how}/none HTTP/1.1\r\nHost: x\r\nx-correlation-id: ${place}\r\n\r\n`,
      )
      .join(''),
  )
  await app.waitForLine(
    ({ msg, correlationId }) => msg === 'request completed' && correlationId === '39',
  )
  socket.destroy()
  await app.stop()
  const ids = app.spans.map(({ attributes }) => Number(attributes['correlation.id']))
  assert.deepEqual(
    ids.toSorted((a, b) => a - b),
    [...hows.keys()].filter((place) => hows[place] === 'throws'),
  )
  assertLinked(app.lines, app.spans)
  assertCounted(app, hows.length)
})

// Within so long each answer comes.
const TIMEOUT_MS = '2000'

test('with a collector that is down for a while all is exported, dropped on purpose, or said to be lost', async (t) => {
  const app = await keeping(t, {
    OTEL_EXPORTER_OTLP_TIMEOUT: TIMEOUT_MS,
    OTEL_BSP_SCHEDULE_DELAY: '20',
  })
  const send = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, place) =>
        app.request(`/outcome/${place % 2 ? 'well' : 'throws'}/none`),
      ),
    )
  await send(20)
  // What has arrived, but was not answered, would be said to be lost.
  await app.sink.waitForSpans(({ length }) => length === 10)
  app.sink.behave('refuse')
  await send(20)
  await app.waitForLine(({ msg }) => msg === 'telemetry export failing')
  app.sink.behave('ok')
  await send(20)
  const { spansLost } = await app.waitForLine(({ msg }) => msg === 'telemetry export recovered')
  await app.stop()
  assert.ok(Number(spansLost) > 0)
  assertCounted(app, 60, Number(spansLost))
})

test('what is in flight at the end is decided about before the last flush', async (t) => {
  const app = await keeping(t)
  const answers = Array.from({ length: 20 }, (_, place) =>
    app.request(`/outcome/${place % 2 ? 'ends' : 'fails'}/none`),
  )
  const isWaiting = ({ msg }: Line) => msg === 'waiting for the end'
  await app.waitForLine(() => app.lines.filter(isWaiting).length === 20)
  await Promise.all([app.stop(), ...answers])
  assert.equal(app.spans.length, 10)
  assertLinked(app.lines, app.spans)
  assertCounted(app, 20)
})

test('a crash keeps the trace that it happened in, and those of all requests that it cuts off', async (t) => {
  const app = await keeping(t)
  const cutOff = assert.rejects(app.request('/outcome/ends/none', 'cut-off'))
  await app.waitForLine(({ msg }) => msg === 'waiting for the end')
  await assert.rejects(app.request('/outcome/crashes/none', 'crash'))
  await cutOff
  const { code } = await app.end()
  assert.equal(code, 1)
  const ids = app.spans.map(({ attributes }) => [
    attributes['correlation.id'],
    attributes[KEPT_FOR],
  ])
  assert.deepEqual(ids.toSorted(), [
    ['crash', 'error_line'],
    ['cut-off', 'error'],
  ])
  assertLinked(app.lines, app.spans)
  assertCounted(app, 2)
})

/** An app that samples nothing, and keeps what fails. */
function keeping(t: TestContext, env: Env = {}) {
  return observedApp(t, {
    entry: 'test/e2e/fixtures/outcomes.ts',
    env: { OTEL_TRACES_SAMPLER: 'always_off', TRACE_KEEP_ERRORS: 'true', TRACE_UI_URL: UI, ...env },
  })
}

/** Each error line has a link, and each link leads to a span that was exported. */
function assertLinked(lines: Line[], spans: ReceivedSpan[]): void {
  for (const line of requestLines(lines)) {
    const { level, trace_url, trace_id, span_id, trace_flags } = line
    if (Number(level) >= 50) assert.ok(trace_url, JSON.stringify(line))
    if (trace_url === undefined) continue
    assert.deepEqual([trace_url, trace_flags], [`${UI}/trace/${trace_id}?uiFind=${span_id}`, '00'])
    assert.ok(
      spans.some(({ traceId, spanId }) => traceId === trace_id && spanId === span_id),
      JSON.stringify(line),
    )
  }
}

/** Of the spans that were due each was exported, dropped on purpose, or said to be lost. */
function assertCounted({ lines, spans }: Counted, due: number, lost = 0): void {
  const counts = lines.find(({ msg }) => msg === 'traces kept for cause')
  assert.equal(spans.length + Number(counts?.spansDropped) + lost, due)
  assert.equal(counts?.spansLetGo, 0)
}

interface Counted {
  lines: Line[]
  spans: readonly ReceivedSpan[]
}

function of(service: string, spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  return spans.filter(({ resource }) => resource['service.name'] === service)
}

/** Asks, reads the beginning of the answer, and is gone. */
async function leave(url: string, correlationId: string): Promise<void> {
  const aborted = new AbortController()
  const answer = await fetch(url, {
    signal: aborted.signal,
    headers: { 'x-correlation-id': correlationId },
  })
  await answer.body?.getReader().read()
  aborted.abort()
}
