import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutRedis as skip, startRedis } from '../src/queue/start-redis.ts'
import { boundaryApp, IDS, identitiesOfSpan, linkTo, TELEMETRY } from './boundary-app.ts'

for (const telemetry of TELEMETRY) {
  test(`a job of BullMQ has the id of whoever added it, and each attempt a trace that links to it: telemetry ${telemetry}`, {
    skip,
  }, async (t) => {
    const { url: REDIS_URL } = await startRedis(t)
    const app = await boundaryApp(t, 'bullmq', telemetry, { env: { REDIS_URL } })
    for (const id of IDS) {
      await app.request(`/mails/${id === 'second' ? 'busy' : id}`, id, { method: 'POST' })
    }
    const attempts = [
      ['first', 1],
      ['second', 1],
      ['second', 2],
      ['third', 1],
    ] as const
    for (const [id, attempt] of attempts) {
      await app.waitForLine((line) => line.correlationId === id && line.attempt === attempt)
    }
    await app.end()

    // Left to itself, a worker works under the id of whoever opened it.
    assert.deepEqual(
      app.said('taken'),
      attempts.map(() => app.identitiesIn('POST /mails/:to', 'first')),
    )
    const sending = app.said('sending')
    const ids = attempts.map(([id]) => id)
    assert.deepEqual(sending.map(([id]) => id).toSorted(), ids)
    if (telemetry === 'off') return
    const jobs = app.spans.filter(({ name }) => name === 'send mail')
    assert.deepEqual(jobs.map(identitiesOfSpan).toSorted(), sending.toSorted())
    for (const { attributes, traceId, links } of jobs) {
      const sender = app.spanOf('POST /mails/:to', String(attributes['correlation.id']))
      assert.deepEqual(links, [linkTo(sender)])
      assert.notEqual(traceId, sender.traceId)
    }
    const failed = jobs.filter(({ status }) => status.code === 2)
    assert.deepEqual(
      failed.map(({ attributes }) => attributes['correlation.id']),
      ['second'],
    )
  })
}
