import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Context, context, TraceFlags, trace } from '@opentelemetry/api'
import { runWithContext } from '../../../src/throughline/identity/context.ts'
import { traceInProcess } from '../../src/trace-in-process.ts'

const as = (correlationId: string) => ({ correlationId, startedAt: 0 })

test('a span has the correlation id that is current, also below a span of another process', (t) => {
  const { start, idOf } = tracing(t)
  const remote = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: TraceFlags.SAMPLED }
  runWithContext(as('job-1'), () => {
    start('root', context.active())
    start('below', trace.setSpanContext(context.active(), { ...remote, isRemote: true }))
  })
  start('outside', context.active())

  assert.deepEqual(['root', 'below', 'outside'].map(idOf), ['job-1', 'job-1', undefined])
})

test('a span that a pool starts for one request, called back by another, has the id of its own', (t) => {
  const { start, idOf } = tracing(t)
  const waiting = runWithContext(as('waits'), () => start('handler', context.active()))
  runWithContext(as('frees'), () => start('query', start('connection', waiting)))

  assert.deepEqual(['connection', 'query'].map(idOf), ['waits', 'waits'])
})

function tracing(t: TestContext) {
  const { tracer, spans } = traceInProcess(t)
  return {
    /** Starts and ends a span below that of `parent`; gives the context in which it is the parent of others. */
    start(name: string, parent: Context): Context {
      const span = tracer.startSpan(name, {}, parent)
      span.end()
      return trace.setSpan(parent, span)
    },
    idOf: (name: string) =>
      spans().find((span) => span.name === name)?.attributes['correlation.id'],
  }
}
