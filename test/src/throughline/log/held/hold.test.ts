import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { pino } from 'pino'
import { runWithContext } from '../../../../../src/throughline/identity/context.ts'
import { endedWell, failed } from '../../../../../src/throughline/log/held/failure.ts'
import { identities } from '../../../../../src/throughline/log/identities.ts'
import { withIdentities } from '../../../../../src/throughline/log/with-identities.ts'
import { linesInMemory } from '../../../start-app.ts'
import { traceInProcess } from '../../../trace-in-process.ts'
import { context, holding } from './holding.ts'

test('outside of a request nothing changes', () => {
  const { logger, messages } = holding()

  logger.debug('left out')
  assert.equal(logger.isLevelEnabled('debug'), false)
  logger.error('failed')

  assert.deepEqual(messages(), ['failed'])
  assert.equal(logger.level, 'info')
})

test('the first error writes what is held in order, each line with its own time', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1000 })
  const { logger, lines } = holding()

  runWithContext(context(), () => {
    logger.debug('one')
    t.mock.timers.tick(10)
    logger.child({ module: 'stock' }).debug('two')
    t.mock.timers.tick(10)
    logger.info('at once')
    t.mock.timers.tick(10)
    logger.error('failed')
  })

  assert.deepEqual(
    lines.map(({ time, level, msg, correlationId }) => [time, level, msg, correlationId]),
    [
      [1020, 30, 'at once', 'abc-123'],
      [1000, 20, 'one', 'abc-123'],
      [1010, 20, 'two', 'abc-123'],
      [1030, 50, 'failed', 'abc-123'],
    ],
  )
  assert.equal(lines[2]?.module, 'stock')
})

test('each line has the span that was active as it was logged', (t) => {
  const { tracer } = traceInProcess(t)
  const { logger, lines } = holding()

  const spanIds = runWithContext(context(), () => {
    const ids = ['a', 'b'].map((name) =>
      tracer.startActiveSpan(name, (span) => {
        logger.debug('in a span')
        span.end()
        return span.spanContext().spanId
      }),
    )
    logger.error('failed')
    return ids
  })

  assert.deepEqual(
    lines.map(({ span_id }) => span_id),
    [...spanIds, undefined],
  )
})

test('another request that fails says nothing of this one', () => {
  const { logger, messages } = holding()
  const [good, bad] = [context('good'), context('bad')]

  runWithContext(good, () => logger.debug('of the good one'))
  runWithContext(bad, () => logger.debug('of the bad one'))
  runWithContext(bad, () => logger.error('failed'))

  assert.deepEqual(messages(), ['of the bad one', 'failed'])
})

test('once a request has failed, its lines are written at once', () => {
  const { logger, messages } = holding()

  runWithContext(context(), () => {
    failed()
    logger.debug('at once')
    assert.deepEqual(messages(), ['at once'])
    logger.trace('too low')
  })
  runWithContext(context(), () => logger.debug('of another request'))

  assert.deepEqual(messages(), ['at once'])
})

test('what is held is let go where a request ends well; an error after its end has what was held since', () => {
  const { logger, messages } = holding()
  const own = context()

  runWithContext(own, () => {
    logger.debug('before the end')
    endedWell(own)
    logger.debug('after the end')
    logger.error('failed after all')
  })

  assert.deepEqual(messages(), ['after the end', 'failed after all'])
})

test('a context that is made of another shares its lines', () => {
  const { logger, lines } = holding()
  const own = context()

  runWithContext(own, () => logger.debug('outer'))
  runWithContext({ ...own, correlationId: 'inner' }, () => logger.error('failed'))

  assert.deepEqual(
    lines.map(({ msg, correlationId }) => [msg, correlationId]),
    [
      ['outer', 'abc-123'],
      ['failed', 'inner'],
    ],
  )
})

test('in a frozen context, which can hold nothing, lines are left out as ever', () => {
  const { logger, messages } = holding()

  runWithContext(Object.freeze(context()), () => {
    logger.debug('left out')
    logger.error('failed')
  })

  assert.deepEqual(messages(), ['failed'])
})

test('a costly line that an app guards by its level is made in a request, and not elsewhere', () => {
  const { logger } = holding()
  const enabled = () => ['trace', 'debug', 'info', 'none'].map((l) => logger.isLevelEnabled(l))

  assert.deepEqual(enabled(), [false, false, true, false])
  assert.deepEqual(runWithContext(context(), enabled), [false, true, true, false])
  assert.equal(
    runWithContext(context(), () => logger.child({}, { level: 'silent' }).isLevelEnabled('debug')),
    false,
  )
})

test('a child that is quieter holds more, one that is louder less, and a silent one nothing', () => {
  const { logger, messages } = holding()

  runWithContext(context(), () => {
    logger.child({}, { level: 'warn' }).info('of the quieter one')
    logger.child({}, { level: 'debug' }).debug('of the louder one')
    logger.child({}, { level: 'silent' }).error('of the silent one')
    logger.error('failed')
  })

  assert.deepEqual(messages(), ['of the louder one', 'of the quieter one', 'failed'])
})

test('a level that is changed later is what counts, and nobody else is told of it', () => {
  const { logger, messages } = holding()
  const told: unknown[] = []
  logger.on('level-change', (level) => told.push(level))

  runWithContext(context(), () => {
    logger.level = 'debug'
    logger.debug('at once')
    logger.level = 'info'
    logger.debug('held')
    assert.deepEqual(messages(), ['at once'])
    logger.level = 'silent'
    logger.error('not even this')
    failed()
  })

  assert.deepEqual(messages(), ['at once', 'held'])
  assert.deepEqual(told, ['debug', 'info', 'silent'])
})

test('a child goes by the level of its parent, where it has none of its own', () => {
  const { lines, destination } = linesInMemory()
  const parent = pino({}, destination)
  const logger = withIdentities(parent.child({}), identities, 'debug')

  parent.level = 'debug'
  logger.debug('outside of a request')
  runWithContext(context(), () => logger.debug('in one'))

  assert.equal(lines.length, 2)
})

test('an error below the level of its logger is a failure all the same', () => {
  const { logger, messages } = holding({ level: 'fatal' })

  runWithContext(context(), () => {
    logger.debug('held')
    logger.error('failed')
  })

  assert.deepEqual(messages(), ['held', 'failed'])
})

test('levels of an app are held too, where they are between', () => {
  const { logger, messages } = holding({ customLevels: { fine: 22, finest: 12 } })
  const told: unknown[] = []
  logger.on('level-change', (level) => told.push(level))

  runWithContext(context(), () => {
    logger.fine('held')
    logger.finest('left out')
    logger.child({}, { customLevels: { odd: 25 } }).odd('of a child')
    logger.error('failed')
  })

  assert.deepEqual(messages(), ['held', 'of a child', 'failed'])
  assert.deepEqual(told, ['info'], 'as pino says of such a child')
})

test('an error that another logger tells of, by the identities on its line, writes what is held', async () => {
  const { logger, messages } = holding()

  await runWithContext(context(), async () => {
    logger.debug('held')
    await nextTurn()
    identities({}, 'warn')
    assert.deepEqual(messages(), [])
    identities({}, 'error')
  })

  assert.deepEqual(messages(), ['held'])
})
