import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, beforeEach, suite, type TestContext, test } from 'node:test'
import { propagation, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { Order } from '../../../src/orders.ts'
import { inProcessQueue } from '../../../src/queue/in-process-queue.ts'
import { CONCURRENCY, type QueueOptions } from '../../../src/queue/order-queue.ts'
import { redisQueue } from '../../../src/queue/redis-queue.ts'
import { getCorrelationId, runWithContext } from '../../../src/throughline/identity/context.ts'
import { createLogger } from '../../../src/throughline/log/logger.ts'
import { type Line, linesInMemory } from '../start-app.ts'
import { traceInProcess } from '../trace-in-process.ts'
import { startRedis, withoutRedis } from './start-redis.ts'

const NEVER_MS = 3_600_000
const STILL = 'orders still running: another consumer tries them again'
const LOST = 'orders are lost: no time was left for them'
const KINDS = [
  [
    'in this process',
    false,
    async (_t: TestContext, options: QueueOptions) => inProcessQueue(options),
  ],
  [
    'on Redis',
    withoutRedis,
    async (t: TestContext, options: QueueOptions) => redisQueue((await startRedis(t)).url, options),
  ],
] as const

beforeEach(() => propagation.setGlobalPropagator(new W3CTraceContextPropagator()))
afterEach(() => propagation.disable())

for (const [where, skip, open] of KINDS) {
  suite(`the queue ${where}`, { skip }, () => {
    test('processes an order under the id of its request, in a trace that links to it', async (t) => {
      const { tracer, spans } = traceInProcess(t)
      const { queue, ran, until } = await opened(t)

      await tracer.startActiveSpan('POST /orders', async (span) => {
        await runWithContext({ correlationId: 'abc-123', startedAt: 0 }, () =>
          queue.add(order('o1')),
        )
        span.end()
      })
      await until(1)
      await queue.close(NEVER_MS)

      assert.deepEqual(ran, [['o1', 'abc-123']])
      const [request, job] = ['POST /orders', 'process orders'].map((name) =>
        spans().find((span) => span.name === name),
      )
      assert.equal(job?.kind, SpanKind.CONSUMER)
      assert.equal(job.parentSpanContext, undefined)
      assert.deepEqual(
        job.links.map(({ context }) => context.spanId),
        [request?.spanContext().spanId],
      )
      assert.deepEqual(
        [job.attributes['correlation.id'], job.attributes['messaging.message.id']],
        ['abc-123', 'o1'],
      )
    })

    test('takes nothing from whichever request adds, but what the carrier has', async (t) => {
      const tenant = new AsyncLocalStorage<string>()
      const tenants: unknown[] = []
      const { queue, until } = await opened(t, {
        async process() {
          tenants.push(tenant.getStore())
          if (tenants.length === 1) throw new Error('once')
        },
      })
      await tenant.run('blue', () => queue.add(order('o1')))
      await until(2)
      await queue.close(NEVER_MS)
      assert.deepEqual(tenants, [undefined, undefined])
    })

    test('tries an order three times, then keeps it with its ids, and says so once', async (t) => {
      const { spans } = traceInProcess(t)
      const { queue, lines, waitForLine } = await opened(t, {
        process: () => Promise.reject(new Error('no tea')),
      })

      await runWithContext({ correlationId: 'dead-1', startedAt: 0 }, () => queue.add(order('o1')))
      const last = await waitForLine('order failed: now a dead letter')
      await queue.close(NEVER_MS)

      const attempts = spans().filter(({ name }) => name === 'process orders')
      assert.deepEqual(
        attempts.map(({ status, attributes }) => [status.code, attributes['order.attempt']]),
        [1, 2, 3].map((attempt) => [SpanStatusCode.ERROR, attempt]),
      )
      assert.deepEqual(
        lines.map(({ level, msg, orderId, correlationId, trace_id }) => [
          level,
          msg,
          orderId,
          correlationId,
          trace_id,
        ]),
        attempts.map((span, i) => [
          i < 2 ? 40 : 50,
          i < 2 ? 'order failed: trying again' : 'order failed: now a dead letter',
          'o1',
          'dead-1',
          span.spanContext().traceId,
        ]),
      )
      assert.match(JSON.stringify(last.err), /no tea.*order-queue\.test\.ts/)
    })

    test('has the carrier on a dead letter, and keeps so many of them, the latest', async (t) => {
      const { queue, lines, until } = await opened(t, {
        process: () => Promise.reject(new Error('no tea')),
        deadLimit: 2,
      })

      for (const id of ['o1', 'o2', 'o3']) {
        await runWithContext({ correlationId: `dead-${id}`, startedAt: 0 }, () =>
          queue.add(order(id)),
        )
        await until(() => isDead(lines, id))
      }
      await settled(
        async () => (await queue.deadLetters()).map(({ order }) => order.orderId),
        ['o2', 'o3'],
      )

      assert.deepEqual((await queue.deadLetters())[1], {
        order: order('o3'),
        carrier: { 'x-correlation-id': 'dead-o3' },
        error: 'no tea',
        attempts: 3,
      })
    })

    test('goes on to success after a failure', async (t) => {
      let failed = false
      const { queue, lines, ran, until } = await opened(t, {
        async process() {
          if (failed) return
          failed = true
          throw new Error('once')
        },
      })
      await queue.add(order('o1'))
      await until(2)
      await queue.close(NEVER_MS)
      assert.equal(ran.length, 2)
      assert.deepEqual(
        lines.map(({ msg }) => msg),
        ['order failed: trying again'],
      )
      assert.equal(lines.length, 1)
    })

    test('refuses what is more than it holds, and what comes after its end', async (t) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const { queue, until } = await opened(t, { process: () => promise, limit: 2 })
      for (let i = 1; i <= CONCURRENCY; i++) {
        await queue.add(order(`running-${i}`))
        await until(i)
      }
      for (const id of ['a', 'b']) await queue.add(order(id))

      await assert.rejects(queue.add(order('c')), { name: 'NotAccepted', message: /full/ })
      resolve()
      await queue.close(NEVER_MS)
      await assert.rejects(queue.add(order('d')), { name: 'NotAccepted', message: /closed/ })
    })

    test('lets what runs finish when it is closed', async (t) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const { queue, done, until } = await opened(t, { process: () => promise })
      await queue.add(order('o1'))
      await until(1)
      const closed = queue.close(NEVER_MS)
      resolve()
      await closed
      assert.deepEqual(done, ['o1'])
    })

    test('is closed in its time, whatever hangs', async (t) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const { queue, lines, until, done } = await opened(t, { process: () => promise })
      await queue.add(order('o1'))
      await until(1)
      await queue.close(30)
      assert.deepEqual(done, [])
      assert.deepEqual(
        lines.map(({ msg, left }) => [msg, left]),
        [[where === 'on Redis' ? STILL : LOST, 1]],
      )
      resolve()
    })
  })

  async function opened(t: TestContext, { process, ...options }: Partial<QueueOptions> = {}) {
    const { lines, waitForLine, destination } = linesInMemory()
    const ran: [string, string | undefined][] = []
    const done: string[] = []
    let news = Promise.withResolvers<void>()
    const tell = () => {
      news.resolve()
      news = Promise.withResolvers()
    }
    const write = (text: string) => {
      destination.write(text)
      tell()
    }
    const logger = createLogger({}, { write })
    const queue = await open(t, {
      logger,
      pauseMs: 1,
      ...options,
      async process(order) {
        ran.push([order.orderId, getCorrelationId()])
        tell()
        await process?.(order)
        done.push(order.orderId)
        tell()
      },
    })
    t.after(() => queue.close(100))
    /** Resolves when so many attempts have begun, or when it holds. */
    async function until(what: number | (() => boolean)): Promise<void> {
      const holds = typeof what === 'number' ? () => ran.length >= what : what
      while (!holds()) await news.promise
    }
    return { queue, lines, waitForLine, ran, done, until }
  }
}

function order(orderId: string): Order {
  return { orderId, item: 'tea', quantity: 1 }
}

function isDead(lines: readonly Line[], id: string): boolean {
  return lines.some(({ msg, orderId }) => /dead letter/.test(String(msg)) && orderId === id)
}

/** Resolves when it gives this; the test's own time ends one that never does. */
async function settled(ask: () => Promise<unknown>, wanted: unknown): Promise<void> {
  while (JSON.stringify(await ask()) !== JSON.stringify(wanted)) await new Promise(setImmediate)
}
