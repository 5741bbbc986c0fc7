import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api'
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { AlwaysOnSampler, ParentBasedSampler } from '@opentelemetry/sdk-trace'
import { heldTraceOf } from '../../../src/throughline/identity/held-trace.ts'
import { keeping } from './keeping.ts'

test('a trace that fails anywhere is exported as a sampled one, though nobody downstream is told so', () => {
  const { start, spans } = keeping()
  const root = start('root')
  start('before', root).end()
  const failing = start('failing', root)
  assert.equal(failing.spanContext().traceFlags, TraceFlags.NONE)
  failing.setStatus({ code: SpanStatusCode.ERROR }).end()
  start('after', root).end()
  root.end()
  assert.deepEqual(
    spans.map(({ name, attributes }) => [name, attributes]),
    [
      ['before', { 'throughline.kept_for': 'error' }],
      ['failing', { 'throughline.kept_for': 'error' }],
      ['after', { 'throughline.kept_for': 'error' }],
      ['root', { 'throughline.kept_for': 'error', 'throughline.adjusted_count': 1 }],
    ],
  )
  for (const span of spans) {
    assert.equal(span.spanContext().traceFlags, TraceFlags.SAMPLED)
    assert.ok(span.ended && span.duration[1] >= 0 && span.resource)
  }
  assert.equal(root.spanContext().traceFlags, TraceFlags.NONE)
})

test('a call that was answered 4xx is no failure of the request; one that was answered 5xx is', () => {
  for (const [kind, status, count] of [
    [SpanKind.CLIENT, 404, 0],
    [SpanKind.CLIENT, 503, 2],
    [SpanKind.INTERNAL, 404, 2],
  ] as const) {
    const { start, spans } = keeping()
    const root = start('root')
    const call = start('GET', root)
    Reflect.set(call, 'kind', kind)
    call.setAttribute('http.response.status_code', status)
    call.setStatus({ code: SpanStatusCode.ERROR }).end()
    root.end()
    assert.equal(spans.length, count, `${kind} ${status}`)
  }
})

test('two requests of one trace in one process are decided about each by itself', () => {
  const { start, names } = keeping()
  const outer = start('outer')
  const remote = { ...outer.spanContext(), isRemote: true }
  const inner = start('inner', trace.setSpanContext(ROOT_CONTEXT, remote))
  start('inner.child', inner).end()
  inner.end()
  outer.recordException(new Error('out of paper'))
  outer.end()
  assert.deepEqual(names(), ['outer'])
})

test('what fails after the answer brings back the last spans, whose number is taken off those dropped', async () => {
  const { start, names, said, shutdown } = keeping()
  const root = start('root')
  for (let i = 0; i < 40; i++) start('child', root).end()
  root.end()
  start('late', root).end()
  assert.deepEqual(names(), [])
  heldTraceOf(root)?.fail('error_line')
  assert.equal(heldTraceOf(root)?.isKept, true)
  assert.equal(names().length, 32)
  assert.deepEqual(names().slice(-2), ['root', 'late'])
  start('later', root).end()
  assert.equal(names().at(-1), 'later')
  await shutdown()
  assert.deepEqual(said.at(-1)?.fields, { tracesKept: 1, spansDropped: 10, spansLetGo: 0 })
})

test('once it is settled that a request was not slow, its span may take longer', (t) => {
  let now = 0
  t.mock.method(performance, 'now', () => now)
  const { start, names } = keeping({ rules: { slowerMs: 100 } })
  const [quick, slow, unsettled] = ['quick', 'slow', 'unsettled'].map((name) => start(name))
  now = 99
  heldTraceOf(quick)?.settle()
  now = 101
  heldTraceOf(slow)?.settle()
  assert.equal(heldTraceOf(slow)?.isKept, true)
  for (const span of [quick, slow, unsettled]) span?.end()
  assert.deepEqual(names(), ['slow', 'unsettled'])
})

test('a span tells of how many it is one, where that was decided here', () => {
  const counts = (isParentBased: boolean) => {
    const { start, spans } = keeping({
      head: { oneOf: 100, isParentBased },
      sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    })
    const here = start('here')
    start('child', here).end()
    here.end()
    const caller = { ...here.spanContext(), isRemote: true }
    const onward = trace.setSpanContext(ROOT_CONTEXT, caller)
    start('decided by the caller', onward).end()
    const failed = start('failed', onward)
    failed.setStatus({ code: SpanStatusCode.ERROR }).end()
    return spans.map(({ attributes }) => attributes['throughline.adjusted_count'])
  }
  assert.deepEqual(counts(true), [undefined, 100, undefined, 1])
  assert.deepEqual(counts(false), [undefined, 100, 100, 1])
})

test('of a trace that the head sampled the span of the request says why it is worth keeping, for who samples later', () => {
  const { start, spans } = keeping({ sampler: new AlwaysOnSampler() })
  start('well').end()
  const request = start('request')
  const child = start('child', request)
  heldTraceOf(child)?.fail('error_line')
  child.end()
  request.end()
  assert.deepEqual(
    spans.map(({ name, attributes }) => [name, attributes['throughline.kept_for']]),
    [
      ['well', undefined],
      ['child', undefined],
      ['request', 'error_line'],
    ],
  )
})

test('at the end what is slow by then is kept, and all else dropped', async (t) => {
  let now = 0
  t.mock.method(performance, 'now', () => now)
  const { start, names, said, shutdown } = keeping({ rules: { slowerMs: 100 } })
  const slow = start('slow')
  start('slow.child', slow).end()
  now = 101
  const open = start('open')
  start('open.child', open).end()
  await shutdown()
  assert.deepEqual(names(), ['slow.child'])
  assert.deepEqual(said.at(-1)?.fields, { tracesKept: 1, spansDropped: 1, spansLetGo: 0 })
})

test('a kept span is the same to each of the exporters’ encodings', () => {
  const { start, spans } = keeping()
  const root = start('root')
  root.setAttribute('item', 'tea').recordException(new Error('out of paper'))
  root.end()
  const [json, protobuf] = [JsonTraceSerializer, ProtobufTraceSerializer].map((serializer) =>
    Buffer.from(serializer.serializeRequest(spans) ?? []).toString('latin1'),
  )
  const { resourceSpans } = JSON.parse(String(json))
  const [span] = resourceSpans[0].scopeSpans[0].spans
  assert.deepEqual(
    [
      span.flags & 1,
      span.name,
      span.events[0].name,
      span.attributes.map(({ key }: { key: string }) => key),
    ],
    [1, 'root', 'exception', ['item', 'throughline.kept_for', 'throughline.adjusted_count']],
  )
  for (const text of ['root', 'exception', 'tea', 'throughline.kept_for'])
    assert.ok(protobuf?.includes(text), text)
})
