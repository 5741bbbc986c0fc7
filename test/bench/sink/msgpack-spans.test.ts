import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countMsgpackSpans } from '../../../bench/sink/msgpack-spans.ts'

/** A value of each kind (https://github.com/msgpack/msgpack/blob/master/spec.md), by its name there. */
const VALUES: Record<string, number[]> = {
  'positive fixint': [0x7f],
  'negative fixint': [0xe0],
  fixmap: [0x81, 0xa1, 0x61, 0x01],
  fixarray: [0x92, 0x01, 0x02],
  fixstr: [0xa2, 0x61, 0x62],
  nil: [0xc0],
  false: [0xc2],
  true: [0xc3],
  'bin 8': [0xc4, 2, 9, 9],
  'bin 16': [0xc5, 0, 2, 9, 9],
  'bin 32': [0xc6, 0, 0, 0, 2, 9, 9],
  'ext 8': [0xc7, 2, 1, 9, 9],
  'ext 16': [0xc8, 0, 2, 1, 9, 9],
  'ext 32': [0xc9, 0, 0, 0, 2, 1, 9, 9],
  'float 32': [0xca, 9, 9, 9, 9],
  'float 64': [0xcb, 9, 9, 9, 9, 9, 9, 9, 9],
  'uint 8': [0xcc, 9],
  'uint 16': [0xcd, 9, 9],
  'uint 32': [0xce, 9, 9, 9, 9],
  'uint 64': [0xcf, 9, 9, 9, 9, 9, 9, 9, 9],
  'int 8': [0xd0, 9],
  'int 16': [0xd1, 9, 9],
  'int 32': [0xd2, 9, 9, 9, 9],
  'int 64': [0xd3, 9, 9, 9, 9, 9, 9, 9, 9],
  'fixext 1': [0xd4, 1, 9],
  'fixext 2': [0xd5, 1, 9, 9],
  'fixext 4': [0xd6, 1, 9, 9, 9, 9],
  'fixext 8': [0xd7, 1, 9, 9, 9, 9, 9, 9, 9, 9],
  'fixext 16': [0xd8, 1, ...Array(16).fill(9)],
  'str 8': [0xd9, 2, 0x61, 0x62],
  'str 16': [0xda, 0, 2, 0x61, 0x62],
  'str 32': [0xdb, 0, 0, 0, 2, 0x61, 0x62],
  'array 16': [0xdc, 0, 2, 0x01, 0x92, 1, 2],
  'array 32': [0xdd, 0, 0, 0, 2, 0x01, 0x02],
  'map 16': [0xde, 0, 1, 0xa1, 0x61, 0x81, 0xa1, 0x62, 0xc0],
  'map 32': [0xdf, 0, 0, 0, 1, 0xa1, 0x61, 0x01],
}

suite("a Datadog agent's spans are counted", () => {
  for (const [name, value] of Object.entries(VALUES)) {
    test(`past a value that is ${name}`, () => {
      const span = [0x81, 0xa1, 0x61, ...value]
      assert.equal(countMsgpackSpans(Buffer.from([0x92, 0x92, ...span, ...span, 0x91, ...span])), 3)
    })
  }

  test('in arrays of every size', () => {
    assert.equal(countMsgpackSpans(Buffer.from([0xdd, 0, 0, 0, 1, 0xdc, 0, 2, 0x80, 0x80])), 2)
    assert.equal(countMsgpackSpans(Buffer.from([0x90])), 0)
  })

  test('and what is cut short, or is something else, is refused', () => {
    assert.throws(
      () => countMsgpackSpans(Buffer.from([0x91, 0x91, 0x81, 0xa1])),
      /ends in the middle/,
    )
    assert.throws(
      () => countMsgpackSpans(Buffer.from([0x91, 0x91, 0xa5, 0x61])),
      /ends in the middle/,
    )
    assert.throws(
      () => countMsgpackSpans(Buffer.from([0x81, 0xa1, 0x61, 0x01])),
      /0x81 where an array/,
    )
  })
})
