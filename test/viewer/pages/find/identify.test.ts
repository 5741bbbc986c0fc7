import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import pretty from 'pino-pretty'
import { type Identity, identify } from '../../../../viewer/pages/find/identify.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const spanId = 'b7ad6b7169203331'
const line = {
  level: 30,
  time: 1700000000000,
  correlationId: 'abc-123',
  trace_id: traceId,
  span_id: spanId,
  trace_flags: '01',
  msg: 'handling /work {not json}',
}
const all = { traceId, spanId, correlationId: 'abc-123' }

test('a trace id is a trace id in either case, and never all zeros', () => {
  assert.deepEqual(identify(` ${traceId.toUpperCase()}\n`), { traceId })
  assert.deepEqual(identify(`"${traceId}"`), { traceId })
  assert.deepEqual(identify('0'.repeat(32)), { correlationId: '0'.repeat(32) })
})

test('text in the correlation id charset is a correlation id', () => {
  assert.deepEqual(identify('abc-123'), { correlationId: 'abc-123' })
  assert.deepEqual(identify('a/b:c+d=e@f.g_h'), { correlationId: 'a/b:c+d=e@f.g_h' })
  assert.deepEqual(identify('x'.repeat(128)), { correlationId: 'x'.repeat(128) })
  assert.equal(identify('x'.repeat(129)), undefined)
})

test('text that names no trace is nothing', () => {
  for (const text of [
    '',
    '   ',
    'two words',
    '{"level":30,"msg":"no ids"}',
    '{"trace_id":7}',
    '{',
    '💥',
  ])
    assert.equal(identify(text), undefined, text)
})

test('a traceparent and a trace URL name the span too', () => {
  assert.deepEqual(identify(`00-${traceId}-${spanId}-01`), { traceId, spanId })
  assert.deepEqual(identify(`server-timing: traceparent;desc="00-${traceId}-${spanId}-01"`), {
    traceId,
    spanId,
  })
  const url = `http://localhost:16686/trace/${traceId}`
  assert.deepEqual(identify(url), { traceId })
  assert.deepEqual(identify(`${url}?uiFind=${spanId}`), { traceId, spanId })
  assert.deepEqual(identify(`${url}?x=1&uiFind=${spanId}#top`), { traceId, spanId })
})

test('a JSON line gives all its ids, behind a prefix and with braces in the message', () => {
  const json = JSON.stringify(line)
  assert.deepEqual(identify(json), all)
  assert.deepEqual(identify(`app-1  | ${json}`), all)
  assert.deepEqual(identify(`{oops ${json}\r\n`), all)
  assert.deepEqual(identify(JSON.stringify({ log: `${json}\n`, stream: 'stdout' })), all)
  assert.deepEqual(identify(json.slice(0, json.indexOf(',"trace_flags"'))), all)
})

test('a message that quotes another id does not win over the fields of its line', () => {
  const other = 'f'.repeat(32)
  assert.deepEqual(identify(JSON.stringify({ ...line, msg: `trace_id: "${other}"` })), all)
})

for (const options of [{ colorize: false }, { colorize: true }])
  for (const singleLine of [false, true])
    test(`a line as pino-pretty prints it ${JSON.stringify({ ...options, singleLine })}`, () => {
      const text = pretty.prettyFactory({ ...options, singleLine })(line)
      assert.ok(text)
      assert.deepEqual(identify(text), all)
      assert.deepEqual(identify(text.replace(/^/gm, 'app-1  | ')), all)
    })

test('a line outside a request, or one without tracing, gives what it has', () => {
  assert.deepEqual(identify('{"level":30,"correlationId":"abc-123"}'), { correlationId: 'abc-123' })
  assert.deepEqual(identify('x-correlation-id: abc-123'), { correlationId: 'abc-123' })
  assert.equal(identify(`{"span_id":"${spanId}"}`), undefined)
})

test('ids are found as people write and paste them', () => {
  const both = { traceId, spanId }
  const id = { correlationId: 'abc-123' }
  const cases: [string, Identity][] = [
    [`trace_id=${traceId}`, { traceId }],
    [`traceId: ${traceId}`, { traceId }],
    [`trace-id: "${traceId}",`, { traceId }],
    [`TraceID(${traceId})`, { traceId }],
    [`0x${traceId.toUpperCase()}`, { traceId }],
    [`traceId=0x${traceId} spanId=0x${spanId}`, both],
    [`[${traceId}]`, { traceId }],
    [`<${traceId}>,`, { traceId }],
    ['x-correlation-id:abc-123', id],
    ['X-Correlation-ID: abc-123', id],
    [`curl -H 'x-correlation-id: abc-123' localhost:3000/work`, id],
    ['[abc-123]', id],
    ['"abc-123",', id],
    ['correlationId="abc-123"', id],
    ['[correlationId=abc-123, user=7]', id],
    ['the answer said (correlation-id: abc-123)', id],
    ['correlation id abc-123', id],
    ['?correlation_id=abc-123&x=1', id],
    [`INFO [app,${traceId},${spanId}] c.e.Shop : sold`, both],
    [`b3: ${traceId}-${spanId}-1`, both],
    [`uber-trace-id: ${traceId}:${spanId}:0:1`, both],
    [`see trace ${traceId}.`, { traceId }],
    [`{"trace":{"id":"${traceId}"},"span":{"id":"${spanId}"}}`, both],
    [`{"spanContext":{"traceId":"${traceId}","spanId":"${spanId}"}}`, both],
    [`{\n  "trace": {\n    "id": "${traceId}"\n  }\n}`, { traceId }],
    ['{"req":{"headers":{"x-correlation-id":["abc-123"]}}}', id],
    [`{"message":"{\\"trace\\":{\\"id\\":\\"${traceId}\\"}}"}`, { traceId }],
    [`{\\"trace_id\\":\\"${traceId}\\"}`, { traceId }],
    [`{&quot;trace_id&quot;:&quot;${traceId}&quot;}`, { traceId }],
    [`“${traceId}”`, { traceId }],
    [`\ufeffabc\u200b-123\u200d`, id],
    [`trace_id:\u00a0${traceId.slice(0, 9)}\u00ad${traceId.slice(9)}`, { traceId }],
    [`/search?tags=${encodeURIComponent('{"correlation.id":"abc-123"}')}`, id],
    ['100% of correlationId=abc-123', id],
  ]
  for (const [text, expected] of cases) assert.deepEqual(identify(text), expected, text)
})

test('the span of a link is not taken for that of the line', () => {
  const link = { traceId: 'e'.repeat(32), spanId: 'e'.repeat(16) }
  assert.deepEqual(identify(JSON.stringify({ trace_id: traceId, links: [link] })), { traceId })
})

test('an id is found at the end of 64 kB, and not looked for beyond', () => {
  const before = (length: number) => 'x '.repeat(length / 2)
  assert.deepEqual(identify(`${before(65_000)}trace_id=${traceId}`), { traceId })
  assert.equal(identify(`${before(65_600)}trace_id=${traceId}`), undefined)
})

test('any text is answered without an error, and what is found keeps its shape', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constant('{'.repeat(500))),
      (text) => {
        const found = identify(text)
        if (found?.traceId !== undefined) assert.match(found.traceId, /^[0-9a-f]{32}$/)
        if (found?.correlationId !== undefined)
          assert.match(found.correlationId, /^[A-Za-z0-9._:/+=@-]{1,128}$/)
      },
    ),
  )
})
