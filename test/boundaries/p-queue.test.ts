import assert from 'node:assert/strict'
import { AsyncResource } from 'node:async_hooks'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import PQueue from 'p-queue'
import OldPQueue from 'p-queue9'
import { getCorrelationId, runWithContext } from '../../src/throughline/identity/context.ts'

const REQUESTS = ['first', 'second', 'third']

/** The ids that tasks of three requests see, which wait for each other in one queue. */
async function idsSeen(
  queue: PQueue | OldPQueue,
  bind: (task: () => Promise<void>) => () => Promise<void> = (task) => task,
) {
  const seen: (string | undefined)[] = []
  const task = async () => {
    await turn()
    seen.push(getCorrelationId())
  }
  for (const correlationId of REQUESTS) {
    runWithContext({ correlationId, startedAt: 0 }, () => queue.add(bind(task)))
  }
  await queue.onIdle()
  return seen
}

test('a task that waits in p-queue 9 sees the id of whoever was before it: a wrong one, not none', async () => {
  const seen = await idsSeen(new OldPQueue({ concurrency: 1 }))
  assert.deepEqual(seen, ['first', 'first', 'first'])
})

test('a task that is bound when it is queued sees its own', async () => {
  const seen = await idsSeen(new OldPQueue({ concurrency: 1 }), (task) => AsyncResource.bind(task))
  assert.deepEqual(seen, REQUESTS)
})

test('p-queue 10 binds each task itself', async () => {
  assert.deepEqual(await idsSeen(new PQueue({ concurrency: 1 })), REQUESTS)
})
