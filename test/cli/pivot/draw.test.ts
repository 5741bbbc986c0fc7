import assert from 'node:assert/strict'
import { test } from 'node:test'
import stringWidth from 'string-width'
import { type Paint, paintFor } from '../../../cli/command/paint.ts'
import { drawTrace, headline } from '../../../cli/pivot/draw.ts'
import { traceLines } from '../../../cli/pivot/trace-lines.ts'
import { readTraces } from '../../../cli/trace/read.ts'
import type { Trace } from '../../../cli/trace/trace.ts'
import { checkoutTrace, resourceSpans } from '../checkout-trace.ts'

const traceId = '1'.repeat(32)
const start = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
const plain: Paint = (_style, text) => text

test('a trace is drawn as its tree, with bars and with its lines in their place', () => {
  const trace = traceOf(checkoutTrace(traceId, 'abc-123', start))
  assert.deepEqual(draw(trace, { width: 80 }), [
    'GET /checkout  shop  40 ms, 3 spans, 2 errors, 2026-01-02T03:04:05.678Z',
    '✗ GET /checkout  shop                 ███████████████████████████████      40 ms',
    '├ INFO taking the order                                                    +1 ms',
    '├ POST  shop                           ████████████████████████            30 ms',
    '│ └ ✗ POST /charge  payments  card d…    ████████████████████              26 ms',
    '│   └ EXCEPTION Error: card declined                                      +29 ms',
    '└ ERROR request failed                                                    +39 ms',
  ])
})

test('every row is exactly as wide as the terminal, wide characters included', () => {
  const odd = { traceId, spanId: '00000000000000a1', name: '支払い 🚀 e\u0301', from: 0, to: 1 }
  const trace = traceOf({ resourceSpans: [resourceSpans('サービス', start, [odd])] })
  for (const width of [60, 61, 200]) {
    const [, row = ''] = draw(trace, { width })
    assert.equal(stringWidth(row), width)
  }
})

test('errors are red where there are colours, and marked where there are none', () => {
  const trace = traceOf(checkoutTrace(traceId, 'abc-123', start))
  const colored = draw(trace, { paint: paintFor({ isTTY: true }, {}) }).join('\n')
  assert.ok(colored.includes('\u001b[31mPOST /charge\u001b[39m'))
  assert.ok(colored.includes('\u001b[31mrequest failed\u001b[39m'))
  assert.ok(!colored.includes('\u001b[31mPOST\u001b[39m'))
})

test("the pasted line's span is marked, and missed where it is not there", () => {
  const trace = traceOf(checkoutTrace(traceId, 'abc-123', start))
  assert.match(draw(trace, { spanId: '00000000000000a2' })[3] ?? '', /^├ ▸ POST {2}shop/)
  const last = draw(trace, { spanId: '00000000000000ff' }).at(-1)
  assert.equal(last, "the line's own span 00000000000000ff is not here: not flushed yet, or lost")
})

test('names, services and messages cannot write to the terminal', () => {
  const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m\r\n\u202egnp'
  const events = [{ at: 0, name: evil, attributes: { 'log.severity': evil } }]
  const span = {
    traceId,
    spanId: '00000000000000a1',
    name: evil,
    from: 0,
    to: 1,
    failed: evil,
    events,
  }
  const trace = traceOf({ resourceSpans: [resourceSpans(evil, start, [span])] })
  const lines = draw(trace, { width: 400 })
  assert.equal(lines.length, 3)
  for (const line of lines) {
    assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u)
    assert.ok(line.includes('\\u{1b}]0;owned\\u{7}\\u{1b}[2J\\u{9b}31m\\r\\n\\u{202e}gnp'))
  }
})

test('a span before its parent and a span without a duration keep their bars inside', () => {
  const root = { traceId, spanId: '00000000000000a1', name: 'root', from: 10, to: 20 }
  const early = { ...root, spanId: '00000000000000a2', parentSpanId: root.spanId, from: 0, to: 0 }
  const late = { ...early, spanId: '00000000000000a3', from: 20, to: 20 }
  const trace = traceOf({ resourceSpans: [resourceSpans('app', start, [root, early, late])] })
  const rows = draw(trace, { width: 60 }).slice(1, -1)
  assert.equal(rows.length, 3)
  for (const row of rows) {
    assert.equal(stringWidth(row), 60)
    assert.match(row, /█/)
  }
})

test('spans whose parents are missing are drawn, and said to be cut off', () => {
  const orphan = { traceId, spanId: '00000000000000a1', name: 'one', from: 0, to: 1 }
  const one = { ...orphan, parentSpanId: '00000000000000f1' }
  const two = { ...one, spanId: '00000000000000a2', name: 'two', parentSpanId: '00000000000000f2' }
  const fromCaller = traceOf({ resourceSpans: [resourceSpans('app', start, [one])] })
  assert.equal(draw(fromCaller, {}).length, 2)
  const torn = traceOf({ resourceSpans: [resourceSpans('app', start, [one, two])] })
  assert.match(draw(torn, {}).at(-1) ?? '', /^2 spans name a parent that is not here/)
})

function traceOf(tracesData: object): Trace {
  const [trace] = readTraces(JSON.stringify(tracesData))
  assert.ok(trace)
  return trace
}

function draw(trace: Trace, options: { width?: number; paint?: Paint; spanId?: string }): string[] {
  const canvas = { width: 100, paint: plain, spanId: undefined, ...options }
  return [headline(trace, canvas), ...drawTrace(trace, traceLines(trace, []), canvas)]
}
