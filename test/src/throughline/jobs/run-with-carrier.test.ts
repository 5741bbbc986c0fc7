import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core'
import fc from 'fast-check'
import { getCorrelationId, runWithContext } from '../../../../src/throughline/identity/context.ts'
import {
  activeContext,
  activeSpan,
  withContext,
} from '../../../../src/throughline/identity/shared-api.ts'
import { toCarrier } from '../../../../src/throughline/jobs/carrier.ts'
import { runWithCarrier } from '../../../../src/throughline/jobs/run-with-carrier.ts'
import { createLogger } from '../../../../src/throughline/log/logger.ts'
import { useLogger } from '../../../../src/throughline/log/our-logger.ts'
import { linesInMemory } from '../../start-app.ts'
import { traceInProcess } from '../../trace-in-process.ts'

const abc = <T>(fn: () => T) => runWithContext({ correlationId: 'abc-123', startedAt: 0 }, fn)
const { lines, destination } = linesInMemory()

beforeEach(() => {
  useLogger(createLogger({}, destination))
  propagation.setGlobalPropagator(
    new CompositePropagator({
      propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
    }),
  )
})
afterEach(() => {
  propagation.disable()
  lines.length = 0
})

test('a carrier is plain JSON, and takes both identities and the baggage to a trace that links back', async (t) => {
  const { tracer, spans } = traceInProcess(t)
  const sender = tracer.startSpan('POST /orders')
  const carrier = tracer.startActiveSpan('POST /orders', (span) => {
    const baggage = propagation.createBaggage({ tenant: { value: 'blue' } })
    const sent = withContext(propagation.setBaggage(activeContext(), baggage), () => abc(toCarrier))
    span.end()
    return sent
  })
  sender.end()

  const sent: unknown = JSON.parse(JSON.stringify(carrier))
  const [id, tenant] = await runWithCarrier(sent, 'process order', async () => {
    await null
    activeSpan()?.addEvent('working')
    return [getCorrelationId(), propagation.getActiveBaggage()?.getEntry('tenant')?.value]
  })

  assert.deepEqual([id, tenant], ['abc-123', 'blue'])
  const posted = spans().find(({ name, links }) => name === 'POST /orders' && links.length === 0)
  const job = spans().find(({ name }) => name === 'process order')
  assert.equal(job?.kind, SpanKind.CONSUMER)
  assert.equal(job.parentSpanContext, undefined)
  assert.equal(job.attributes['correlation.id'], 'abc-123')
  assert.deepEqual(
    job.links.map(({ context }) => [context.traceId, context.isRemote]),
    [[carrier.traceparent?.split('-')[1], true]],
  )
  assert.ok(posted)
  assert.notEqual(job.spanContext().traceId, carrier.traceparent?.split('-')[1])
  assert.deepEqual(
    job.events.map(({ name }) => name),
    ['working'],
  )
})

test('work that the request waits for is a child of it', (t) => {
  const { tracer, spans } = traceInProcess(t)
  const carrier = tracer.startActiveSpan('GET /report', (span) => {
    const sent = abc(toCarrier)
    span.end()
    return sent
  })

  runWithCarrier(carrier, 'make report', () => {}, { parent: true })

  const [request, job] = spans()
  assert.equal(job?.parentSpanContext?.spanId, request?.spanContext().spanId)
  assert.equal(job?.spanContext().traceId, request?.spanContext().traceId)
  assert.deepEqual(job?.links, [])
})

test('without an SDK the correlation id travels alone', () => {
  propagation.disable()
  const carrier = abc(toCarrier)

  assert.deepEqual(carrier, { 'x-correlation-id': 'abc-123' })
  assert.equal(runWithCarrier(carrier, 'job', getCorrelationId), 'abc-123')
})

test('outside of any request there is nothing to carry, and what comes without has an id of its own', () => {
  assert.deepEqual(toCarrier(), {})
  for (const nothing of [{}, undefined, null]) {
    assert.match(String(runWithCarrier(nothing, 'job', getCorrelationId)), /^[\da-f-]{36}$/)
  }
  assert.deepEqual(lines, [])
})

const HOSTILE: [string, unknown, RegExp][] = [
  ['a text', 'abc-123', /^no object$/],
  ['an array', ['abc-123'], /^no object$/],
  ['an id of another type', { 'x-correlation-id': 7 }, /x-correlation-id/],
  ['an id that is too long', { 'x-correlation-id': 'x'.repeat(129) }, /x-correlation-id/],
  ['an id with a line break', { 'x-correlation-id': 'a\nb' }, /x-correlation-id/],
  [
    'a traceparent of another type',
    { traceparent: { toString: () => assert.fail() } },
    /traceparent/,
  ],
  [
    'a traceparent in an array',
    { traceparent: [`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`] },
    /traceparent/,
  ],
  ['megabytes of baggage', { baggage: `a=${'x'.repeat(5_000_000)}` }, /baggage/],
  ['what throws when it is read', throwing(), /cannot be read/],
  ['a proxy that is gone', revoked(), /cannot be read/],
]

for (const [what, carrier, reason] of HOSTILE) {
  test(`a carrier that is ${what} is as good as none, and one line says so without its value`, (t) => {
    const { spans } = traceInProcess(t)
    const id = runWithCarrier(carrier, 'job', getCorrelationId)

    assert.match(String(id), /^[\da-f-]{36}$/)
    assert.deepEqual(spans()[0]?.links, [])
    assert.deepEqual(
      lines.map(({ msg, job, correlationId }) => [msg, job, correlationId]),
      [['carrier refused', 'job', id]],
    )
    assert.match(String(lines[0]?.reason), reason)
  })
}

test('what a carrier inherits was never sent', () => {
  const carrier = JSON.parse('{"__proto__":{"x-correlation-id":"forged"}}')
  const inheriting = Object.create({ 'x-correlation-id': 'forged' })

  for (const each of [carrier, inheriting]) {
    assert.notEqual(runWithCarrier(each, 'job', getCorrelationId), 'forged')
  }
  assert.equal(getCorrelationId(), undefined)
})

test('no carrier at all makes it throw', () => {
  fc.assert(
    fc.property(
      fc.anything({
        withNullPrototype: true,
        withObjectString: true,
        key: fc.constantFrom('traceparent', 'baggage', 'x-correlation-id', '__proto__'),
      }),
      (carrier) => {
        assert.equal(typeof runWithCarrier(carrier, 'job', getCorrelationId), 'string')
      },
    ),
  )
})

test('a task that fails has it on its span, and its caller decides', async (t) => {
  const { spans } = traceInProcess(t)
  const fail = () => {
    throw new Error('out of tea')
  }

  assert.throws(() => runWithCarrier({}, 'at once', fail), /out of tea/)
  await assert.rejects(
    runWithCarrier({}, 'late', async () => fail()),
    /out of tea/,
  )

  for (const span of spans()) {
    assert.deepEqual([span.status.code, span.events[0]?.name], [SpanStatusCode.ERROR, 'exception'])
  }
  assert.equal(spans().length, 2)
  assert.equal(activeContext(), ROOT_CONTEXT)
})

function throwing(): object {
  return Object.defineProperty({}, 'x-correlation-id', {
    enumerable: true,
    get: () => {
      throw new Error('not to be read')
    },
  })
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
