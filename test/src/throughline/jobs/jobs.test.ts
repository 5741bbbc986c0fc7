import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { afterEach, beforeEach, test } from 'node:test'
import { SpanStatusCode } from '@opentelemetry/api'
import { getCorrelationId, runWithContext } from '../../../../src/throughline/identity/context.ts'
import { every, runJob, stopJobs } from '../../../../src/throughline/jobs/jobs.ts'
import { createLogger } from '../../../../src/throughline/log/logger.ts'
import { useLogger } from '../../../../src/throughline/log/our-logger.ts'
import { linesInMemory } from '../../start-app.ts'
import { traceInProcess } from '../../trace-in-process.ts'

const { lines, destination } = linesInMemory()
beforeEach(() => useLogger(createLogger({}, destination)))
afterEach(() => {
  lines.length = 0
})

test('a job has an id and a trace of its own, also where a request sets it off', async (t) => {
  const { tracer, spans } = traceInProcess(t)

  const id = await tracer.startActiveSpan('GET /work', (span) => {
    const job = runWithContext({ correlationId: 'of-the-request', startedAt: 0 }, () =>
      runJob('cleanup', async () => {
        await null
        return getCorrelationId()
      }),
    )
    span.end()
    return job
  })

  assert.match(String(id), /^[\da-f-]{36}$/)
  const [request, job] = spans()
  assert.equal(job?.name, 'cleanup')
  assert.equal(job.parentSpanContext, undefined)
  assert.notEqual(job.spanContext().traceId, request?.spanContext().traceId)
  assert.equal(job.attributes['correlation.id'], id)
})

for (const [how, task] of [
  [
    'throws',
    () => {
      throw new Error('no disk')
    },
  ],
  ['rejects', () => Promise.reject(new Error('no disk'))],
] as const) {
  test(`a job that ${how} is one line with its ids, and an exception on its span`, async (t) => {
    const { spans } = traceInProcess(t)

    assert.equal(await runJob('cleanup', task), undefined)

    const [span] = spans()
    assert.deepEqual(
      lines.map(({ msg, level, job, correlationId, trace_id }) => [
        msg,
        level,
        job,
        correlationId,
        trace_id,
      ]),
      [
        [
          'job failed',
          50,
          'cleanup',
          span?.attributes['correlation.id'],
          span?.spanContext().traceId,
        ],
      ],
    )
    assert.deepEqual([span?.status.code, span?.events.length], [SpanStatusCode.ERROR, 1])
  })
}

test('a job that repeats is never begun beside itself, and goes on after it failed', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const turns = new EventEmitter()
  const ids: (string | undefined)[] = []
  const cleanup = every(1000, 'cleanup', async () => {
    ids.push(getCorrelationId())
    if (ids.length === 1) await once(turns, 'go on')
    else throw new Error('no disk')
  })

  t.mock.timers.tick(3500)
  assert.equal(ids.length, 1, 'two turns were left out')
  turns.emit('go on')
  await new Promise(setImmediate)
  t.mock.timers.tick(1000)
  await new Promise(setImmediate)
  t.mock.timers.tick(1000)
  await cleanup.stop()
  t.mock.timers.tick(5000)

  assert.equal(new Set(ids).size, 3, 'each turn has an id of its own')
  assert.equal(lines.filter(({ msg }) => msg === 'job failed').length, 2)
})

test('the end waits for jobs that run, and lets none begin any more', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const turns = new EventEmitter()
  let begun = 0
  every(1000, 'cleanup', async () => {
    begun += 1
    await once(turns, 'go on')
  })
  t.mock.timers.tick(1000)
  let stopped = false
  const end = stopJobs().then(() => {
    stopped = true
  })

  t.mock.timers.tick(10_000)
  await new Promise(setImmediate)
  assert.deepEqual([begun, stopped], [1, false])
  turns.emit('go on')
  await end
  t.mock.timers.tick(10_000)
  assert.equal(begun, 1)
})

test('who stops a job that repeats gets it when the turn that runs is over', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const turns = new EventEmitter()
  const cleanup = every(1000, 'cleanup', () => once(turns, 'go on'))
  t.mock.timers.tick(1000)
  let stopped = false
  const stop = cleanup.stop().then(() => {
    stopped = true
  })

  await new Promise(setImmediate)
  assert.equal(stopped, false)
  turns.emit('go on')
  await stop
})

test('a job that repeats does not keep the process alive', () => {
  const jobs = new URL('../../../../src/throughline/jobs/jobs.ts', import.meta.url)
  const script = `const { every } = await import('${jobs}'); every(3_600_000, 'cleanup', () => {})`
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    timeout: 600_000,
  })
  assert.equal(status, 0)
})

test('an interval that no timer takes is refused', () => {
  for (const ms of [0, -1, Number.NaN, 2 ** 31])
    assert.throws(() => every(ms, 'x', () => {}), /expected 1 to/)
})
