import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeParts } from '../../../../src/throughline/ending/parts.ts'
import { createLogger } from '../../../../src/throughline/log/logger.ts'
import { linesInMemory } from '../../start-app.ts'

const NEVER_MS = 3_600_000

test('each part is closed when the one before it is', async () => {
  const { lines, logger } = log()
  const done: string[] = []
  const part = (name: string) => ({
    name,
    async close() {
      done.push(`${name} begins`)
      await new Promise(setImmediate)
      done.push(`${name} ends`)
    },
  })
  await closeParts([part('queue'), part('pool')], NEVER_MS, logger)
  assert.deepEqual(done, ['queue begins', 'queue ends', 'pool begins', 'pool ends'])
  assert.deepEqual(lines, [])
})

test('a part that fails, however it does, is named, and the next is closed', async () => {
  const { lines, logger } = log()
  const done: string[] = []
  const parts = [
    { name: 'rejects', close: () => Promise.reject(new Error('gone')) },
    {
      name: 'throws',
      close: () => {
        throw 'no error' // as a part may
      },
    },
    { name: 'works', close: () => done.push('works') },
  ]
  await closeParts(parts, NEVER_MS, logger)
  assert.deepEqual(
    lines.map(({ level, part, msg }) => [level, part, msg]),
    ['rejects', 'throws'].map((part) => [50, part, 'could not be closed']),
  )
  assert.deepEqual(done, ['works'])
})

test('a part that wants to know gets its share of the time, less what its last words take', async () => {
  const { logger } = log()
  const given: unknown[] = []
  await closeParts(
    [
      { name: 'worker', close: (...args: unknown[]) => given.push(args.length) },
      { name: 'queue', closeWithin: (ms) => given.push(ms) },
    ],
    NEVER_MS,
    logger,
  )
  const [args, ms] = given
  assert.equal(args, 0)
  assert.ok(Number(ms) < NEVER_MS && Number(ms) > NEVER_MS / 2, String(ms))
})

test('parts that hang are named each, and leave time to the last', async () => {
  const { lines, logger } = log()
  const hangs = () => new Promise(() => {})
  const { promise, resolve } = Promise.withResolvers<string>()
  await closeParts(
    [
      { name: 'queue', close: hangs },
      { name: 'pool', close: hangs },
      { name: 'cache', close: () => resolve('closed') },
    ],
    30,
    logger,
  )
  assert.equal(await promise, 'closed')
  assert.deepEqual(
    lines.map(({ level, part, msg }) => [level, part, msg]),
    ['queue', 'pool'].map((part) => [40, part, 'still closing: going on without it']),
  )
})

function log() {
  const { lines, destination } = linesInMemory()
  return { lines, logger: createLogger({ level: 'info' }, destination) }
}
