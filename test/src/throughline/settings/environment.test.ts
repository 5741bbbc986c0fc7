import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { BadEnvironment } from '../../../../src/throughline/settings/bad-environment.ts'
import {
  boolean,
  httpUrl,
  integer,
  listOf,
  number,
  oneOf,
  parseEnvironment,
} from '../../../../src/throughline/settings/environment.ts'

const kinds: { kind: string; type: z.ZodType; good: [string, unknown][]; bad: string[] }[] = [
  {
    kind: 'a whole number from 0 to 65535',
    type: integer(0, 65535),
    good: [
      ['0', 0],
      ['65535', 65535],
      [' 80 ', 80],
    ],
    bad: ['65536', '-1', '1.5', '1e3', '0x10', 'eighty', '80 80', 'NaN', 'Infinity'],
  },
  {
    kind: 'a number from 0 to 1',
    type: number(0, 1),
    good: [
      ['0', 0],
      ['1', 1],
      ['0.25', 0.25],
      ['.5', 0.5],
      ['1e-3', 0.001],
    ],
    bad: ['1.01', '-0.1', '10%', '0,5', 'half', 'NaN', 'Infinity', '0x1'],
  },
  {
    kind: 'true or false',
    type: boolean(),
    good: [
      ['true', true],
      ['false', false],
      ['TRUE', true],
      [' False ', false],
    ],
    bad: ['1', '0', 'yes', 'no', 'on', 'truee'],
  },
  {
    kind: 'one of info, warn',
    type: oneOf('info', 'warn'),
    good: [
      ['info', 'info'],
      [' warn ', 'warn'],
      ['INFO', 'info'],
      ['Warn', 'warn'],
    ],
    bad: ['verbose', 'info,warn'],
  },
  {
    kind: 'a list of a, b',
    type: listOf('a', 'b'),
    good: [
      ['a', ['a']],
      ['b, a', ['b', 'a']],
      ['a,A', ['a']],
      ['B', ['b']],
      [',a,, b,', ['a', 'b']],
    ],
    bad: ['c', 'c,d', 'a,c', ',', 'a b'],
  },
  {
    kind: 'an http:// or https:// URL',
    type: httpUrl(),
    good: [
      ['http://localhost:4318', 'http://localhost:4318'],
      [' https://x/y ', 'https://x/y'],
    ],
    bad: ['localhost:4318', 'ftp://x', '//x', 'http://', 'file:///x'],
  },
]

for (const { kind, type, good, bad } of kinds) {
  suite(`${kind}`, () => {
    const schema = z.object({ X: type.optional() })
    for (const [value, parsed] of good)
      test(`is what ${JSON.stringify(value)} is`, () => {
        assert.deepEqual(parseEnvironment(schema, { X: value }), { X: parsed })
      })
    for (const value of bad)
      test(`is what ${JSON.stringify(value)} is not, and the message says so`, () => {
        assert.throws(() => parseEnvironment(schema, { X: value }), {
          name: 'BadEnvironment',
          message: `X=${JSON.stringify(value)}: expected ${kind}`,
        })
      })
    for (const empty of ['', ' ', undefined])
      test(`is not asked of ${JSON.stringify(empty)}, which counts as unset`, () => {
        assert.deepEqual(parseEnvironment(schema, { X: empty }), {})
      })
  })
}

test('all that is bad is named together, so that one start finds it all', () => {
  const schema = z.object({ A: integer(0, 9), B: boolean(), C: oneOf('x'), D: integer(0, 9) })

  assert.throws(() => parseEnvironment(schema, { A: 'a', B: 'b', C: 'c', D: '1' }), {
    message:
      'A="a": expected a whole number from 0 to 9; B="b": expected true or false; C="c": expected one of x',
  })
})

test('a bad value that may be a secret is not shown', () => {
  const schema = z.object({ OTLP_HEADERS: z.string().refine(() => false, 'pairs') })

  assert.throws(
    () => parseEnvironment(schema, { OTLP_HEADERS: 'token secret' }),
    new BadEnvironment('OTLP_HEADERS=(not shown): expected pairs'),
  )
})

for (const value of [
  'user:secret@host:1/path',
  'ftp://user:secret@host/',
  'ftp://user:se/secret@host/',
  'ftp://user:a?secret@host/',
  'host:1/path?key=secret',
  ' ftp://host/?key=secret&mail=a@secret',
])
  test(`${value} is refused without its secret`, () => {
    assert.throws(
      () => parseEnvironment(z.object({ URL: httpUrl() }), { URL: value }),
      ({ message }: Error) => /^URL=".*\(not shown\)/.test(message) && !message.includes('secret'),
    )
  })
