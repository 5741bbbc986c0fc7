import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import type { AttributeValue } from '@opentelemetry/api'
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace'
import fc from 'fast-check'
import { takeScalarsAtOnce } from '../../../otel/records/scalar-attributes.ts'

const tracer = new TracerProvider({
  spanLimits: { attributeCountLimit: 3, attributeValueLengthLimit: 4 },
}).getTracer('')

type Pair = [string, AttributeValue | undefined]

/** A span that was given these attributes one after the other. */
function spanWith(pairs: Pair[]): ReadableSpan {
  const span = tracer.startSpan('given')
  // Whatever an app without types has given.
  for (const [key, value] of pairs) Reflect.apply(span.setAttribute, span, [key, value])
  span.end()
  Reflect.apply(span.setAttribute, span, ['late', 1])
  assert.ok(isReadable(span))
  return span
}

function isReadable(span: object): span is ReadableSpan {
  return 'attributes' in span && 'droppedAttributesCount' in span
}

let undo = () => {}
beforeEach(() => {
  undo = takeScalarsAtOnce()
})
afterEach(() => undo())

test('a span takes what it would take without it, and counts what it drops', () => {
  const keys = fc.constantFrom('', 'a', 'b', 'c', 'd', 'e')
  const values = fc.oneof(
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.array(fc.string()),
    fc.dictionary(fc.string(), fc.string()),
    fc.constantFrom<[null, undefined, bigint, symbol]>(null, undefined, 1n, Symbol('none')),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, values)), (pairs) => {
      const fast = spanWith(JSON.parse('[]').concat(pairs))
      undo()
      const official = spanWith(JSON.parse('[]').concat(pairs))
      undo = takeScalarsAtOnce()
      assert.deepEqual(fast.attributes, official.attributes)
      assert.equal(fast.droppedAttributesCount, official.droppedAttributesCount)
    }),
  )
})

test('a scalar is taken without the check for circles', (t) => {
  let made = 0
  const { WeakSet: Real } = globalThis
  t.after(() => Object.assign(globalThis, { WeakSet: Real }))
  Object.assign(globalThis, {
    WeakSet: class extends Real {
      constructor() {
        super()
        made += 1
      }
    },
  })
  spanWith([
    ['a', 'text'],
    ['b', 1],
    ['c', true],
  ])
  assert.equal(made, 0)
  spanWith([['a', ['list']]])
  assert.equal(made, 1)
})
