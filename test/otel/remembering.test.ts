import assert from 'node:assert/strict'
import { test } from 'node:test'
import { remembering } from '../../otel/remembering.ts'

test('what a text makes is made once', () => {
  let made = 0
  const lengthOf = remembering((text) => ({ length: text.length, made: ++made }))
  assert.equal(lengthOf('abc'), lengthOf('abc'))
  assert.deepEqual(lengthOf('ab'), { length: 2, made: 2 })
})

test('after a thousand texts nothing more is kept, and all is made all the same', () => {
  let made = 0
  const lengthOf = remembering((text) => [text.length, ++made])
  for (let n = 0; n < 1000; n++) lengthOf(`text ${n}`)
  lengthOf('text 0')
  assert.equal(made, 1000)
  assert.deepEqual(lengthOf('one more'), [8, 1001])
  assert.deepEqual(lengthOf('one more'), [8, 1002])
})
