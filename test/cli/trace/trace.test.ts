import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupByTrace } from '../../../cli/trace/trace.ts'
import { spanIdOf, traceIdOf } from '../../viewer/traffic.ts'
import { readSpan } from '../read-span.ts'

const [old, fresh] = [traceIdOf(1), traceIdOf(2)]
const [a, b, c, d] = [spanIdOf(1), spanIdOf(2), spanIdOf(3), spanIdOf(4)]

test('spans that came twice or in any order are one trace each, newest first', () => {
  const [newer, older, ...rest] = groupByTrace([
    readSpan({ traceId: old, spanId: b, at: 2 }),
    readSpan({ traceId: fresh, spanId: a, at: 9 }),
    readSpan({ traceId: old, spanId: a, at: 1 }),
    readSpan({ traceId: old, spanId: b, at: 2 }),
  ])
  assert.deepEqual(rest, [])
  assert.equal(newer?.traceId, fresh)
  const [first, second, ...more] = older?.spans ?? []
  assert.deepEqual([first?.spanId, second?.spanId, more.length], [a, b, 0])
  assert.deepEqual([older?.start, older?.duration], [first?.start, 11e6])
})

test('spans of one id from two services, as Zipkin has them, are two', () => {
  const [trace] = groupByTrace([readSpan({ at: 1 }), readSpan({ at: 2 }, 'called')])
  assert.deepEqual(
    trace?.spans.map(({ service }) => service),
    ['app', 'called'],
  )
})

test('a trace is named by its root, or by its earliest span where that is missing', () => {
  const child = readSpan({ spanId: b, parentSpanId: a, at: 1 })
  const [whole] = groupByTrace([child, readSpan({ spanId: a, at: 2 })])
  const [cut] = groupByTrace([readSpan({ spanId: c, parentSpanId: a, at: 5 }), child])
  assert.equal(whole?.root.spanId, a)
  assert.equal(cut?.root.spanId, b)
})

test('the correlation ids of a trace are each there once', () => {
  const withId = (spanId: string, id: string) =>
    readSpan({ spanId, attributes: { 'correlation.id': id } })
  const [trace] = groupByTrace([
    withId(a, 'x'),
    withId(b, 'y'),
    withId(c, 'x'),
    readSpan({ spanId: d }),
  ])
  assert.deepEqual(trace?.correlationIds, ['x', 'y'])
})
