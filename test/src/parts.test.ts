import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLogger } from '../../src/logger.ts'
import { closeParts } from '../../src/parts.ts'
import { linesInMemory } from './start-app.ts'

test("the app's own parts are closed in order, each when the one before it is", async () => {
  const { lines, destination } = linesInMemory()
  const order: string[] = []
  const part = (name: string) => ({
    name,
    async close() {
      order.push(`${name} begins`)
      await new Promise(setImmediate)
      order.push(`${name} is closed`)
    },
  })
  const logger = createLogger({ level: 'info' }, destination)

  await closeParts([part('queue'), part('pool')], 60_000, logger)

  assert.deepEqual(order, ['queue begins', 'queue is closed', 'pool begins', 'pool is closed'])
  assert.deepEqual(lines, [])
})

test('one that fails or never closes is named in a line, and the next is closed all the same', async () => {
  const { lines, destination } = linesInMemory()
  let closed = 0
  const failing = () => {
    throw new Error('in use')
  }
  const parts = [
    { name: 'queue', close: failing },
    { name: 'cache', close: async () => failing() },
    { name: 'pool', close: () => new Promise(() => {}) },
    { name: 'sockets', close: () => closed++ },
  ]

  await closeParts(parts, 50, createLogger({ level: 'info' }, destination))

  assert.deepEqual(
    lines.slice(0, 3).map(({ level, msg, part }) => [level, msg, part]),
    [
      [50, 'closing failed', 'queue'],
      [50, 'closing failed', 'cache'],
      [40, 'closing is late: going on without', 'pool'],
    ],
  )
  assert.match(JSON.stringify(lines[0]?.err), /in use/)
  assert.equal(closed, 1)
})
