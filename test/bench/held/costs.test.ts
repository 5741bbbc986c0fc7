import assert from 'node:assert/strict'
import { test } from 'node:test'
import { costs } from '../../../bench/held/costs.ts'
import { LINES } from '../../../bench/held/lines.ts'
import { runWithContext } from '../../../src/throughline/identity/context.ts'
import { createLogger } from '../../../src/throughline/log/logger.ts'

test('each line is measured left out, held and written, and the second against the third', () => {
  const measured = costs(1)

  assert.deepEqual(
    measured.map(({ line }) => line),
    Object.keys(LINES),
  )
  for (const { nanoseconds, heldToWritten } of measured) {
    for (const each of Object.values(nanoseconds)) assert.ok(each > 0)
    assert.equal(heldToWritten.median, nanoseconds.held / nanoseconds.written)
  }
})

test('each of them is one line at level debug', () => {
  const levels: unknown[] = []
  const destination = { write: (text: string) => void levels.push(JSON.parse(text).level) }
  const logger = createLogger({ level: 'trace' }, destination)

  runWithContext({ correlationId: 'abc-123', startedAt: 0 }, () => {
    for (const log of Object.values(LINES)) log(logger)
  })

  assert.deepEqual(levels, [20, 20, 20])
})
