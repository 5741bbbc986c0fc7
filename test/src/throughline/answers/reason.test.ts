import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reasonOf } from '../../../../src/throughline/answers/reason.ts'

const refused = (address: string) => new Error(`connect ECONNREFUSED ${address}`)

const REASONS: [string, unknown, string][] = [
  ['an error', refused('127.0.0.1:4318'), 'connect ECONNREFUSED 127.0.0.1:4318'],
  [
    'a host whose every address refused',
    Object.assign(new AggregateError([refused('::1'), refused('127.0.0.1')]), {
      code: 'ECONNREFUSED',
    }),
    'ECONNREFUSED',
  ],
  ['an error of no words', new TypeError(), 'TypeError'],
  ['what is no error', 'a word', 'a word'],
]

for (const [what, thrown, reason] of REASONS) {
  test(`the reason that ${what} gives is never empty`, () => {
    assert.equal(reasonOf(thrown), reason)
  })
}
