import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cell, paintFor } from '../../../cli/command/paint.ts'
import { printableJson } from '../../../cli/command/printable.ts'

const red = '\u001b[31mx\u001b[39m'

test('colours are for terminals that want them', () => {
  const painted = (isTTY: boolean, env: NodeJS.ProcessEnv) => paintFor({ isTTY }, env)('red', 'x')
  assert.equal(painted(true, {}), red)
  assert.equal(painted(false, {}), 'x')
  assert.equal(painted(true, { NO_COLOR: '1' }), 'x')
  assert.equal(painted(true, { NO_COLOR: '' }), red)
  assert.equal(painted(true, { TERM: 'dumb' }), 'x')
  assert.equal(painted(false, { FORCE_COLOR: '1' }), red)
  assert.equal(painted(false, { FORCE_COLOR: '1', NO_COLOR: '1' }), red)
  assert.equal(painted(true, { FORCE_COLOR: '0' }), 'x')
})

test('a cell is cut and filled up to its width, colours not counted', () => {
  const pieces = [{ text: 'ab' }, { text: 'cd', style: 'red' }] as const
  const paint = paintFor({ isTTY: true }, {})
  assert.equal(cell(pieces, 6, paint), 'ab\u001b[31mcd\u001b[39m  ')
  assert.equal(cell(pieces, 3, paint), 'ab\u001b[31m…\u001b[39m')
  assert.equal(cell(pieces, 2, paint), 'ab')
})

test('JSON for scripts holds no character that a terminal acts on, and parses to the same', () => {
  const value = { text: '\u001b[2J\u009b\u202e\u{e0001}\ud800 é 🚀\n' }
  const json = printableJson(value)
  assert.doesNotMatch(json, /[\p{Cc}\p{Cf}\p{Cs}]/u)
  assert.deepEqual(JSON.parse(json), value)
})
