import assert from 'node:assert/strict'
import { test } from 'node:test'
import { treePrefixes } from '../../../cli/pivot/tree.ts'

test('a guide goes on exactly as long as its siblings do', () => {
  assert.deepEqual(treePrefixes([0, 1, 2, 2, 1, 2, 3, 0, 1, 0]), [
    '',
    '├ ',
    '│ ├ ',
    '│ └ ',
    '└ ',
    '  └ ',
    '    └ ',
    '',
    '└ ',
    '',
  ])
})

test('no rows, no guides', () => {
  assert.deepEqual(treePrefixes([]), [])
})

test('ten thousand rows under one another stop moving right', () => {
  const prefixes = treePrefixes(Array.from({ length: 10_000 }, (_, depth) => depth))
  assert.equal(prefixes.length, 10_000)
  assert.ok(prefixes.every((prefix) => prefix.length < 60))
})
