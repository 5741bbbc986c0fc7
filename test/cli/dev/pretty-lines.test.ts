import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prettyLines } from '../../../cli/dev/pretty-lines.ts'
import { identify } from '../../../viewer/pages/find/identify.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const url = `http://localhost:16686/trace/${traceId}?uiFind=b7ad6b7169203331`
const ids = { correlationId: 'abc-123', trace_id: traceId, span_id: 'b7ad6b7169203331' }
const completed = { level: 30, time: 0, msg: 'request completed', ...ids, trace_url: url }

const plain = prettyLines({ colors: false, hyperlinks: false })
const linking = prettyLines({ colors: false, hyperlinks: true })

test('a line with a link ends with its URL', () => {
  const line = plain(JSON.stringify(completed))
  assert.match(line, /INFO: request completed \{.*\} {2}http:\/\/localhost:16686\S+\n$/)
  assert.ok(line.endsWith(`  ${url}\n`))
})

test('a terminal that links text is given one', () => {
  const line = linking(JSON.stringify(completed))
  assert.ok(line.endsWith(`  \u001b]8;;${url}\u001b\\trace ↗\u001b]8;;\u001b\\\n`))
})

test('the link of an error stands by its message, above the stack', () => {
  const err = { type: 'Error', message: 'no', stack: 'Error: no\n    at there' }
  const [first = '', ...rest] = plain(JSON.stringify({ ...completed, level: 50, err })).split('\n')
  assert.ok(first.endsWith(url))
  assert.match(rest.join('\n'), /at there/)
})

test('a URL that is none of http is no link', () => {
  for (const trace_url of ['javascript:alert(1)', 'http://x\u001b]8;;', 7]) {
    const line = linking(JSON.stringify({ ...completed, trace_url }))
    assert.ok(!line.includes('\u001b]8'), line)
  }
})

test('a line still says which trace it belongs to', () => {
  const { trace_url: _, ...line } = completed
  assert.deepEqual(identify(plain(JSON.stringify(line))), {
    traceId,
    spanId: 'b7ad6b7169203331',
    correlationId: 'abc-123',
  })
})

test('what is no log line stays as it is', () => {
  assert.equal(plain("Restarting 'src/server.ts'"), "Restarting 'src/server.ts'\n")
  assert.equal(plain('{"not":"a line"}'), '{"not":"a line"}\n')
  assert.equal(plain(''), '\n')
})
