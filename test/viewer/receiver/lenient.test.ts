import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { postJson, runningViewer, send } from '../running-viewer.ts'
import { line, logs, span, spanIdOf, traceIdOf, traces } from '../traffic.ts'
import { leftOut, odd, takenWhole } from './oddities.ts'

/** What the viewer says to these traces, and what it then has of the first. */
async function taken(t: TestContext, body: unknown) {
  const { otlp, ui } = await runningViewer(t)
  const response = await postJson(`${otlp}/v1/traces`, body)
  const text = await response.text()
  assert.equal(response.status, 200, text)
  const answer = await fetch(`${ui}/api/v3/traces/${traceIdOf(1)}`)
  const [group] = answer.status === 404 ? [] : (await answer.json()).result.resourceSpans
  return {
    partialSuccess: JSON.parse(text).partialSuccess,
    resource: group?.resource,
    spans: group?.scopeSpans[0].spans ?? [],
  }
}

const warning = (why: string, parts = 1) => ({
  errorMessage: `${parts} odd ${parts === 1 ? 'part' : 'parts'} left out: ${why}`,
})

for (const [what, body] of Object.entries(takenWhole))
  test(`${what}: taken without a word`, async (t) => {
    const { partialSuccess, spans } = await taken(t, body)
    assert.deepEqual([partialSuccess, spans.length], [{}, 1])
  })

for (const [what, { odd: fields, left, why }] of Object.entries(leftOut))
  test(`${what}: left out and said, the span is kept`, async (t) => {
    const { partialSuccess, spans } = await taken(t, traces('app', odd(fields)))
    const { errorMessage, ...counts } = partialSuccess
    assert.deepEqual(counts, {})
    assert.match(errorMessage, /^\d+ odd parts? left out: /)
    assert.ok(errorMessage.endsWith(`left out: ${why}`), errorMessage)
    const [plain] = (await taken(t, traces('app', odd(left)))).spans
    assert.deepEqual(spans, [plain])
  })

// Jaeger makes a nanosecond of it.
test('a span that has not ended is taken without a word', async (t) => {
  const { partialSuccess, spans } = await taken(t, traces('app', odd({ endTimeUnixNano: null })))
  assert.deepEqual([partialSuccess, spans.length], [{}, 1])
})

test('each odd part is counted, and the first named', async (t) => {
  const attributes = [{ value: {} }, 7, { key: 'k', value: {} }]
  const { partialSuccess } = await taken(t, traces('app', odd({ attributes, kind: 'BOGUS' })))
  assert.equal(partialSuccess.errorMessage.replace(/: .*/, ''), '3 odd parts left out')
})

test('a span without ids or a start is rejected, with that as the reason, and its neighbours are kept', async (t) => {
  for (const [fields, why] of [
    [{ spanId: 'xyz' }, 'spanId: not 16 hex digits, or all zeros'],
    [{ spanId: undefined }, 'spanId: missing'],
    [{ traceId: '0'.repeat(32) }, 'traceId: not 32 hex digits, or all zeros'],
    [{ startTimeUnixNano: 'soon' }, 'startTimeUnixNano: not nanoseconds since 1970'],
    [{ kind: 'BOGUS', startTimeUnixNano: -1 }, 'startTimeUnixNano: not nanoseconds since 1970'],
  ] as const) {
    const body = traces('app', odd(fields), span({ spanId: spanIdOf(2) }))
    const { partialSuccess, spans } = await taken(t, body)
    assert.deepEqual(partialSuccess, { rejectedSpans: '1', errorMessage: why })
    assert.deepEqual(
      spans.map(({ spanId }: { spanId: string }) => spanId),
      [spanIdOf(2)],
    )
  }
})

test('what is no span at all is rejected alone', async (t) => {
  const { partialSuccess, spans } = await taken(t, traces('app', [7], span()))
  assert.equal(partialSuccess.rejectedSpans, '1')
  assert.equal(spans.length, 1)
})

test('an odd resource or scope costs what is odd in it, and no span', async (t) => {
  const name = { key: 'service.name', value: { stringValue: 'app' } }
  for (const [resource, scope, left] of [
    [{ attributes: [{ value: {} }, name] }, {}, { attributes: [name] }],
    [{ attributes: [name] }, { name: 7 }, { attributes: [name] }],
    [7, 'x', {}],
  ] as const) {
    const body = { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [span()] }] }] }
    const { partialSuccess, resource: kept, spans } = await taken(t, body)
    assert.match(partialSuccess.errorMessage, /^\d odd parts? left out: /)
    assert.deepEqual([kept, spans.length], [left, 1])
  }
})

test('a map within the limit of nesting is kept whole, one beyond is cut there', async (t) => {
  const nested = (levels: number): object =>
    levels === 0
      ? { intValue: '7' }
      : { kvlistValue: { values: [{ key: 'k', value: nested(levels - 1) }] } }
  const sent = (levels: number) =>
    taken(t, traces('app', odd({ attributes: [{ key: 'deep', value: nested(levels) }] })))
  const within = await sent(16)
  assert.deepEqual(within.partialSuccess, {})
  assert.deepEqual(within.spans[0].attributes[0].value, nested(16))
  const beyond = await sent(17)
  const why = `attributes: value: ${'kvlistValue: values: value: '.repeat(17)}nested deeper than 16 levels, and cut there`
  assert.deepEqual(beyond.partialSuccess, warning(why))
  assert.deepEqual(
    JSON.stringify(beyond.spans[0].attributes[0].value),
    JSON.stringify(nested(17)).replace('{"intValue":"7"}', '{}'),
  )
})

test('a severity is a number, also as a string, or a name', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  const severities = [13, '13', 'SEVERITY_NUMBER_WARN', 'SEVERITY_NUMBER_FATAL4']
  const records = severities.map((severityNumber) => ({ ...line('m'), severityNumber }))
  await send(otlp, 'logs', logs('app', ...records))
  const answer = await fetch(`${ui}/api/logs?traceId=${traceIdOf(1)}`)
  const [{ scopeLogs }] = (await answer.json()).result.resourceLogs
  assert.deepEqual(
    scopeLogs[0].logRecords.map(({ severityNumber }: { severityNumber: number }) => severityNumber),
    [13, 13, 13, 24],
  )
})

test('an odd part of a log record costs itself, and an odd record its neighbours nothing', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  const records = [
    { ...line('body'), body: { boolValue: 'x' } },
    { ...line('severity'), severityNumber: 'SEVERITY_NUMBER_LOUD' },
    { ...line('ids'), spanId: 'xyz' },
    { ...line('attribute'), attributes: [{ value: {} }] },
    [7],
    line('good'),
  ]
  const response = await postJson(`${otlp}/v1/logs`, logs('app', ...records))
  const { partialSuccess } = await response.json()
  assert.equal(partialSuccess.rejectedLogRecords, '1')
  assert.match(partialSuccess.errorMessage, /; 4 odd parts left out: body: boolValue: /)
  const text = await (await fetch(`${ui}/api/logs?traceId=${traceIdOf(1)}`)).text()
  assert.equal(text.match(/"timeUnixNano"/g)?.length, 5)
})
