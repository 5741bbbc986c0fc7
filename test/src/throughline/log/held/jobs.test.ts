import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { runWithContext } from '../../../../../src/throughline/identity/context.ts'
import { runJob } from '../../../../../src/throughline/jobs/jobs.ts'
import { runWithCarrier } from '../../../../../src/throughline/jobs/run-with-carrier.ts'
import { useLogger } from '../../../../../src/throughline/log/our-logger.ts'
import { context, holding } from './holding.ts'

const CARRIER = { 'x-correlation-id': 'order-1' }

test('a job that fails has its lines in front of `job failed`; one that ends well has none', async () => {
  const { logger, messages, lines } = holding()
  useLogger(logger)

  for (const name of ['good', 'bad']) {
    await runJob(name, async () => {
      logger.debug(name)
      await nextTurn()
      if (name === 'bad') throw new Error('broken')
    })
  }

  assert.deepEqual(messages(), ['bad', 'job failed'])
  assert.equal(lines[0]?.correlationId, lines[1]?.correlationId)
})

test('the work of a message that throws or rejects writes its lines, though nothing else is said of it', async () => {
  const { logger, messages, lines } = holding()
  const work = (name: string) => {
    logger.debug(name)
    if (name === 'throws') throw new Error('broken')
  }

  runWithCarrier(CARRIER, 'orders', () => work('good'))
  await runWithCarrier(CARRIER, 'orders', async () => work('good'))
  assert.throws(() => runWithCarrier(CARRIER, 'orders', () => work('throws')))
  await assert.rejects(runWithCarrier(CARRIER, 'orders', async () => work('throws')))

  assert.deepEqual(messages(), ['throws', 'throws'])
  assert.equal(lines[0]?.correlationId, 'order-1')
})

test('what is said once the work of a message is done is not written with what was said before', async () => {
  const { logger, messages } = holding()
  let late: Promise<void> | undefined

  runWithCarrier(CARRIER, 'orders', () => {
    logger.debug('in the work')
    late = nextTurn().then(() => logger.error('too late'))
  })
  await late

  assert.deepEqual(messages(), ['too late'])
})

test('a job that a request started fails by itself', async () => {
  const { logger, messages } = holding()
  useLogger(logger)

  await runWithContext(context(), () => {
    logger.debug('of the request')
    return runJob('cleanup', () => {
      logger.debug('of the job')
      throw new Error('broken')
    })
  })

  assert.deepEqual(messages(), ['of the job', 'job failed'])
})
