import assert from 'node:assert/strict'
import { test } from 'node:test'
import { correlationIdsOf, groupByTrace, rootSpan, type Span } from '../../../cli/trace/trace.ts'

test('spans that came twice or in any order are one trace each, newest first', () => {
  const [newer, older, ...rest] = groupByTrace([
    span('old', 'b', 2n),
    span('new', 'a', 9n),
    span('old', 'a', 1n),
    span('old', 'b', 2n),
  ])
  assert.deepEqual(rest, [])
  assert.equal(newer?.traceId, 'new')
  assert.deepEqual(
    older?.spans.map(({ spanId }) => spanId),
    ['a', 'b'],
  )
  assert.deepEqual([older?.start, older?.duration], [1n, 11])
})

test('spans of one id from two services, as Zipkin has them, are two', () => {
  const [trace] = groupByTrace([span('t', 'a', 1n), { ...span('t', 'a', 2n), service: 'called' }])
  assert.deepEqual(
    trace?.spans.map(({ service }) => service),
    ['app', 'called'],
  )
})

test('a trace is named by its root, or by its earliest span where that is missing', () => {
  const child = { ...span('t', 'child', 1n), parentSpanId: 'root' }
  const [whole] = groupByTrace([child, span('t', 'root', 2n)])
  const [cut] = groupByTrace([{ ...child, spanId: 'later', start: 5n }, child])
  assert.ok(whole && cut)
  assert.equal(rootSpan(whole).spanId, 'root')
  assert.equal(rootSpan(cut).spanId, 'child')
})

test('the correlation ids of a trace are each there once', () => {
  const withId = (spanId: string, id: string) => ({
    ...span('t', spanId, 1n),
    attributes: { 'correlation.id': id },
  })
  const [trace] = groupByTrace([
    withId('a', 'x'),
    withId('b', 'y'),
    withId('c', 'x'),
    span('t', 'd', 1n),
  ])
  assert.ok(trace)
  assert.deepEqual(correlationIdsOf(trace), ['x', 'y'])
})

function span(traceId: string, spanId: string, start: bigint): Span {
  return {
    traceId,
    spanId,
    parentSpanId: undefined,
    service: 'app',
    name: spanId,
    start,
    duration: 10,
    error: false,
    statusMessage: '',
    attributes: {},
    events: [],
    links: [],
  }
}
