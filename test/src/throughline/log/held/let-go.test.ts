import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Logger } from 'pino'
import {
  type RequestContext,
  runWithContext,
} from '../../../../../src/throughline/identity/context.ts'
import { endedWell } from '../../../../../src/throughline/log/held/failure.ts'
import { BOUNDS } from '../../../../../src/throughline/log/held/held-lines.ts'
import { context, holding } from './holding.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

// Such a logger holds the error itself, which can be watched.
const WATCHED = { formatters: { log: (fields: Record<string, unknown>) => fields } }

test('what a request logged is in memory until it has ended well, and no longer', async () => {
  const { logger } = holding(WATCHED)
  const own = context()
  const logged = logError(own, logger)

  await collected()
  assert.ok(logged.deref(), 'while the request runs')
  endedWell(own)
  await collected()
  assert.equal(logged.deref(), undefined)
  assert.ok(own, 'its context is there still, as for a pool that was filled in it')
})

test('a line that is let go keeps nothing of what it said', async () => {
  const { logger } = holding(WATCHED)
  const own = context()
  const logged = logError(own, logger, '.'.repeat(BOUNDS.bytes))

  await collected()
  assert.equal(logged.deref(), undefined)
  assert.ok(own)
})

/** In a function of its own, so that no variable keeps the error. */
function logError(own: RequestContext, logger: Logger, text = ''): WeakRef<Error> {
  const err = new Error('watched')
  runWithContext(own, () => logger.debug({ err, text }))
  return new WeakRef(err)
}

/** A WeakRef keeps what it refers to until the turn is over. */
async function collected(): Promise<void> {
  await nextTurn()
  collectGarbage()
}
