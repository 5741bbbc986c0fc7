import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import { BoundContexts } from '../../../otel/patching/bound-contexts.ts'
import { getCorrelationId, runWithContext } from '../../../src/throughline/identity/context.ts'

const KEY = createContextKey('trace')
const contexts = new BoundContexts().enable()
const trace = ROOT_CONTEXT.setValue(KEY, 'its trace')
const current = () => [getCorrelationId(), contexts.active().getValue(KEY)]
const inRequest = <T>(correlationId: string, fn: () => T) =>
  runWithContext({ correlationId, startedAt: 0 }, fn)

test('what is bound to a trace is called under the id that was current then', () => {
  const bound = inRequest('its', () => contexts.bind(trace, current))
  assert.deepEqual(inRequest('another', bound), ['its', 'its trace'])
  assert.deepEqual(bound(), ['its', 'its trace'])
})

test('so is a listener of an emitter that is bound, until it is taken away', () => {
  const pool = inRequest('its', () => contexts.bind(trace, new EventEmitter()))
  const seen: unknown[] = []
  const listener = () => seen.push(current())
  inRequest('its', () => pool.on('free', listener))
  inRequest('another', () => pool.emit('free'))
  pool.off('free', listener)
  pool.emit('free')
  assert.deepEqual(seen, [['its', 'its trace']])
})

test('it has the arguments, the object and the result of the call', () => {
  const counter = {
    step: 2,
    by: contexts.bind(trace, function (this: { step: number }, times: number, plus = 0) {
      return this.step * times + plus
    }),
  }
  assert.deepEqual([counter.by(3), counter.by(3, 1), counter.by.length], [6, 7, 1])
})

test('what is no function stays what it is', () => {
  const found = Promise.resolve(7)
  assert.equal(contexts.bind(trace, found), found)
})
