import assert from 'node:assert/strict'
import type { RequestOptions } from 'node:http'
import { test } from 'node:test'
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  INVALID_SPAN_CONTEXT,
  ROOT_CONTEXT,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { keepingHome, markHttpCall, markUndiciCall } from '../../../otel/patching/home-calls.ts'
import { hostPatterns } from '../../../src/throughline/settings/host-patterns.ts'

const spanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
}
const propagator = keepingHome(new W3CTraceContextPropagator())
const hosts = hostPatterns().parse('near.example')
if (hosts === undefined) throw new Error('no hosts')

/** The names of the headers of a call once the trace has been put into it. */
function injected(
  headers: RequestOptions['headers'],
  context = trace.setSpanContext(ROOT_CONTEXT, spanContext),
) {
  // The instrumentation injects into a copy.
  const copy = Object.assign({}, headers)
  propagator.inject(context, copy, defaultTextMapSetter)
  return Object.keys(copy)
}

test('a marked call goes out with its own headers alone, and is told by no header that is sent', () => {
  const call: RequestOptions = { host: 'far.example', headers: { accept: 'text/plain' } }
  markHttpCall(call, hosts)
  assert.deepEqual(injected(call.headers), ['accept'])
})

test("the headers of the caller's own options are left alone", () => {
  const headers = Object.freeze({ accept: 'text/plain' })
  markHttpCall({ host: 'far.example', headers }, hosts)
  assert.deepEqual(Reflect.ownKeys(headers), ['accept'])
})

test('a call to its proxy that an agent makes with the headers of a marked call is looked at by itself', () => {
  const call: RequestOptions = { host: 'far.example' }
  markHttpCall(call, hosts)
  const toProxy: RequestOptions = { host: 'near.example', headers: call.headers }
  markHttpCall(toProxy, hosts)
  assert.deepEqual(injected(toProxy.headers), ['traceparent'])
  assert.deepEqual(injected(call.headers), [])
})

test('the span of one call to a foreign host keeps no other call of its trace at home', () => {
  const [near, far] = [trace.wrapSpanContext(spanContext), trace.wrapSpanContext(spanContext)]
  markUndiciCall(near, { origin: 'http://near.example', path: '/' }, hosts)
  markUndiciCall(far, { origin: 'http://far.example', path: '/' }, hosts)
  assert.deepEqual(injected({}, trace.setSpan(ROOT_CONTEXT, near)), ['traceparent'])
  assert.deepEqual(injected({}, trace.setSpan(ROOT_CONTEXT, far)), [])
})

test('what comes in is taken as ever, and the names of the headers are told', () => {
  const traceparent = `00-${spanContext.traceId}-${spanContext.spanId}-01`
  const context = propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter)
  assert.equal(trace.getSpanContext(context)?.traceId, spanContext.traceId)
  assert.deepEqual(propagator.fields(), ['traceparent', 'tracestate'])
})

test('a carrier that is no object, or none at all, harms nothing', () => {
  const context = trace.setSpanContext(ROOT_CONTEXT, INVALID_SPAN_CONTEXT)
  for (const carrier of [undefined, null, 'text', 7]) {
    assert.doesNotThrow(() => propagator.inject(context, carrier, defaultTextMapSetter))
  }
})
