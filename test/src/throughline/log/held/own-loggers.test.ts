import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { runWithContext } from '../../../../../src/throughline/identity/context.ts'
import { identities } from '../../../../../src/throughline/log/identities.ts'
import { createLogger } from '../../../../../src/throughline/log/logger.ts'
import { withIdentities } from '../../../../../src/throughline/log/with-identities.ts'
import { linesInMemory } from '../../../start-app.ts'
import { context } from './holding.ts'

// Read by whatever logger is not told otherwise.
process.env.LOG_LEVEL_ON_FAILURE = 'debug'

test('a logger of the app with the identities holds its lines as ours does, and they are written together', () => {
  const { lines, destination } = linesInMemory()
  const ours = createLogger({}, destination)
  const theirs = withIdentities(pino({}, destination))

  runWithContext(context(), () => {
    ours.debug('one')
    theirs.debug('two')
    ours.debug('three')
    theirs.error('failed')
  })

  assert.deepEqual(
    lines.map(({ msg }) => msg),
    ['one', 'two', 'three', 'failed'],
  )
})

test('a logger that has the mixin alone holds lines from its first line on, as do its parents and children', () => {
  const { lines, destination } = linesInMemory()
  const logger = pino({ mixin: identities }, destination)
  const child = logger.child({ module: 'stock' })
  child.info('ready')
  const { isLevelEnabled } = logger
  child.info('ready')
  assert.equal(logger.isLevelEnabled, isLevelEnabled, 'nothing is put around it once more')

  runWithContext(context(), () => {
    logger.debug('one')
    child.debug('two')
    logger.child({}).debug('three')
    logger.error('failed')
  })

  assert.deepEqual(
    lines.map(({ msg, correlationId }) => [msg, correlationId]),
    [
      ['ready', undefined],
      ['ready', undefined],
      ['one', 'abc-123'],
      ['two', 'abc-123'],
      ['three', 'abc-123'],
      ['failed', 'abc-123'],
    ],
  )
})

test('a logger that is wrapped twice, or a child of a wrapped one, holds each line once', () => {
  const { lines, destination } = linesInMemory()
  const logger = withIdentities(withIdentities(pino({}, destination)).child({}))

  runWithContext(context(), () => {
    logger.debug('once')
    logger.error('failed')
  })

  assert.equal(lines.length, 2)
})
