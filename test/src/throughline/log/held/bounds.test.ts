import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Logger } from 'pino'
import { runWithContext } from '../../../../../src/throughline/identity/context.ts'
import { BOUNDS } from '../../../../../src/throughline/log/held/held-lines.ts'
import { context, holding } from './holding.ts'

test('of more lines than are held the oldest go, and a line in front says how many', () => {
  const { lines } = failingAfter((logger) => {
    for (let i = 0; i < BOUNDS.lines + 7; i++) logger.debug({ i }, 'held')
  })

  const [gone, first] = lines
  assert.deepEqual([gone?.msg, gone?.lines, gone?.level], ['older lines let go', 7, 20])
  assert.equal(gone?.correlationId, 'abc-123')
  assert.ok(Number(gone?.time) <= Number(first?.time))
  assert.equal(first?.i, 7)
  assert.equal(lines.filter(({ msg }) => msg === 'held').length, BOUNDS.lines)
})

test('as many as are held are all written, and no line speaks of others', () => {
  const { lines } = failingAfter((logger) => {
    for (let i = 0; i < BOUNDS.lines; i++) logger.debug({ i }, 'held')
  })

  assert.equal(lines[0]?.i, 0)
  assert.equal(lines.length, BOUNDS.lines + 1)
})

for (const [where, log] of [
  ['in a field', (logger: Logger, text: string) => logger.debug({ text }, 'large')],
  [
    'deep in a field',
    (logger: Logger, text: string) => logger.debug({ a: { b: [text] } }, 'large'),
  ],
  ['in the message', (logger: Logger, text: string) => logger.debug(`large ${text}`)],
  [
    'in the name of a field',
    (logger: Logger, text: string) => logger.debug({ a: { [text]: 1 } }, 'large'),
  ],
] as const) {
  test(`lines are bounded by what they take in memory, too: ${where}`, () => {
    const { lines } = failingAfter((logger) => {
      for (let i = 0; i < 10; i++) log(logger, `${i}`.padEnd(BOUNDS.bytes / 4, '.'))
    })

    assert.deepEqual([lines[0]?.msg, lines[0]?.lines], ['older lines let go', 7])
    assert.equal(lines.length, 1 + 3 + 1)
  })
}

test('a line that is too large for itself takes no other with it', () => {
  const { messages, lines } = failingAfter((logger) => {
    logger.debug('before')
    logger.debug({ text: '.'.repeat(BOUNDS.bytes) }, 'too large')
    logger.debug('after')
  })

  assert.deepEqual(messages(), ['older lines let go', 'before', 'after', 'failed'])
  assert.equal(lines[0]?.lines, 1)
})

/** What is written where a request logs and then fails. */
function failingAfter(log: (logger: Logger) => void) {
  const held = holding()
  runWithContext(context(), () => {
    log(held.logger)
    held.logger.error('failed')
  })
  return held
}
