import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:net'
import { suite, type TestContext, test } from 'node:test'
import { inspect } from 'node:util'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import type { QueueOptions } from '../../../src/queue/order-queue.ts'
import { connectRedis } from '../../../src/queue/redis-connections.ts'
import { redisQueue } from '../../../src/queue/redis-queue.ts'
import { getCorrelationId, runWithContext } from '../../../src/throughline/identity/context.ts'
import { createLogger } from '../../../src/throughline/log/logger.ts'
import { linesInMemory } from '../start-app.ts'
import { startRedis, stoppedRedis, withoutRedis } from './start-redis.ts'

const NEVER_MS = 3_600_000
const DEAD = 'order failed: now a dead letter'
const FAILING = 'orders queue failing'
const RECOVERED = 'orders queue recovered'

suite('an outage of Redis is one line, and one when it is over', { skip: withoutRedis }, () => {
  test('from the start on', async (t) => {
    const redis = await stoppedRedis(t)
    const refusals = await refusing(t, redis.address)
    const { queue, lines, processed, add } = await opened(t, `redis://me:s3cret@${redis.address}`)

    await assert.rejects(add('a-1'), { name: 'NotAccepted', message: 'Redis is away' })
    await refusals.many()
    assert.deepEqual(
      lines.map(({ level, msg, redis }) => [level, msg, redis]),
      [[40, FAILING, redis.address]],
    )
    await refusals.stop()
    assert.doesNotMatch(JSON.stringify(lines), /s3cret/)
    await queue.close(NEVER_MS)
    assert.equal(processed.length, 0)
  })

  test('from the start on, until it is there', async (t) => {
    const redis = await stoppedRedis(t)
    const { lines, waitForLine, processed, until, add } = await opened(t, redis.url)
    assert.match(String((await waitForLine(FAILING)).reason), /ECONNREFUSED/)

    await redis.start()
    await waitForLine(RECOVERED)
    await add('a-1')
    await until(1)

    assert.deepEqual(processed, [['a-1', 'of-a-1']])
    assert.deepEqual(
      lines.map(({ level, msg }) => [level, msg]),
      [
        [40, FAILING],
        [30, RECOVERED],
      ],
    )
  })

  test('in between: what was accepted is processed afterwards, and so is what comes then', async (t) => {
    const redis = await startRedis(t)
    const held = Promise.withResolvers<void>()
    const { lines, waitForLine, processed, begun, until, add } = await opened(t, redis.url, {
      process: ({ orderId }) => (orderId.startsWith('held') ? held.promise : Promise.resolve()),
    })
    for (let i = 0; i < 6; i++) await add(`held-${i}`)
    await begun(4)

    await redis.kill()
    await waitForLine(FAILING)
    await assert.rejects(add('refused'), { name: 'NotAccepted' })
    held.resolve()
    await redis.start()
    await waitForLine(RECOVERED)
    await add('after')
    await until(7)

    const ids = processed.map(([id]) => id)
    assert.deepEqual(ids.toSorted(), ['after', ...[0, 1, 2, 3, 4, 5].map((i) => `held-${i}`)])
    for (const [id, correlationId] of processed) assert.equal(correlationId, `of-${id}`)
    assert.deepEqual(
      lines.map(({ msg }) => msg),
      [FAILING, RECOVERED],
    )
    for (const line of lines) assert.equal('correlationId' in line, false)
  })

  test('where it hangs, a request does not, and the order is refused', async (t) => {
    const redis = await startRedis(t)
    const { lines, waitForLine, processed, until, add } = await opened(t, redis.url)
    await add('before')
    await until(1)

    redis.signal('SIGSTOP')
    await assert.rejects(add('refused'), { name: 'NotAccepted', message: /has not taken/ })
    await waitForLine(FAILING)
    await assert.rejects(add('refused too'), { name: 'NotAccepted', message: 'Redis is away' })
    redis.signal('SIGCONT')
    await waitForLine(RECOVERED)
    await add('after')
    await until(2)

    assert.deepEqual(
      processed.map(([id]) => id),
      ['before', 'after'],
    )
    for (const line of lines) assert.equal('correlationId' in line, false)
  })

  test('where it does not let us in, without the password', async (t) => {
    const redis = await startRedis(t, { args: ['--requirepass', 'other'] })
    const { lines, waitForLine, add } = await opened(t, `redis://:s3cret@${redis.address}`)

    assert.match(String((await waitForLine(FAILING)).reason), /WRONGPASS|NOAUTH/)
    await assert.rejects(add('refused'), { name: 'NotAccepted' })
    assert.doesNotMatch(JSON.stringify(lines), /s3cret|other/)
  })
})

test("the lines of an outage are nobody's, whose command ever finds it", {
  skip: withoutRedis,
}, async (t) => {
  const redis = await startRedis(t)
  const { lines, destination } = linesInMemory()
  const { sender, disconnect } = await connectRedis(redis.url, createLogger({}, destination))
  t.after(disconnect)
  // As a write that fails does: its error is emitted in the context of who has written.
  runWithContext({ correlationId: 'unlucky', startedAt: 0 }, () => {
    for (const event of ['close', 'ready']) sender.emit(event)
    sender.emit('error', new Error('write EPIPE'))
  })
  assert.deepEqual(
    lines.map(({ msg, correlationId }) => [msg, correlationId]),
    [FAILING, RECOVERED, FAILING].map((message) => [message, undefined]),
  )
})

test('the queue is closed at once where Redis is away', { skip: withoutRedis }, async (t) => {
  const redis = await startRedis(t)
  const { queue, waitForLine } = await opened(t, redis.url)
  await redis.kill()
  await waitForLine(FAILING)
  await queue.close(NEVER_MS)
})

test('and where it goes away in the middle of that', { skip: withoutRedis }, async (t) => {
  const redis = await startRedis(t)
  const held = Promise.withResolvers<void>()
  const { queue, begun, processed, add } = await opened(t, redis.url, {
    process: () => held.promise,
  })
  await add('held')
  await begun(1)

  const closed = queue.close(NEVER_MS)
  await redis.kill()
  held.resolve()
  await closed
  assert.equal(processed.length, 1)
})

test('what Redis refuses the consumer is one line, not one a try', {
  skip: withoutRedis,
}, async (t) => {
  const redis = await startRedis(t)
  const held = Promise.withResolvers<void>()
  const { lines, waitForLine, begun, until, add } = await opened(t, redis.url, {
    process: ({ orderId }) => (orderId === 'held' ? held.promise : Promise.resolve()),
  })
  const admin = new Redis(redis.url)
  t.after(() => admin.disconnect())
  await add('held')
  await begun(1)

  await admin.config('SET', 'min-replicas-to-write', '1')
  await assert.rejects(add('refused'), (error: Error) => {
    assert.match(error.message, /NOREPLICAS/)
    assert.doesNotMatch(inspect(error, { depth: null }), /tea/)
    return error.name === 'NotAccepted'
  })
  held.resolve()
  // It tells of the order that it can neither end nor let fail, and of the next one, which it cannot take.
  await waitForLine('orders queue refused by Redis')
  await admin.config('SET', 'min-replicas-to-write', '0')
  await add('after')
  await until(2)

  assert.deepEqual(
    lines.map(({ level, msg }) => [level, msg]),
    [[50, 'orders queue refused by Redis']],
  )
  assert.match(String(lines[0]?.reason), /NOREPLICAS/)
  assert.doesNotMatch(JSON.stringify(lines), /tea|"command"/)
})

test('an order that fails as two messages is buried once', { skip: withoutRedis }, async (t) => {
  const redis = await startRedis(t)
  const { queue, lines, waitForLine, add } = await opened(t, redis.url, {
    process: () => Promise.reject(new Error('no tea')),
  })
  await add('twice')
  await waitForLine(DEAD)
  const other = new Queue('orders', { connection: { url: redis.url } })
  const order = { orderId: 'twice', item: 'tea', quantity: 1 }
  await other.add('order', { order, carrier: {} }, { attempts: 3 })
  await waitForLine(DEAD, (line) => line.correlationId !== 'of-twice')
  await other.close()
  await queue.close(NEVER_MS)

  assert.equal(lines.filter(({ msg }) => msg === DEAD).length, 2)
  const dead = new Queue('orders-dead', { connection: { url: redis.url } })
  const count = await dead.count()
  await dead.close()
  assert.equal(count, 1)
})

test('what is no order ends as a dead letter that has the id of its job', {
  skip: withoutRedis,
}, async (t) => {
  const redis = await startRedis(t)
  const { queue, waitForLine, processed } = await opened(t, redis.url)
  const other = new Queue('orders', { connection: { url: redis.url } })
  const { id } = await other.add('order', { order: { item: 7 } })
  await other.close()

  const line = await waitForLine(DEAD)
  await queue.close(NEVER_MS)
  assert.equal(line.orderId, `job-${id}`)
  assert.match(JSON.stringify(line.err), /no order/)
  assert.deepEqual(processed, [])
})

async function opened(
  t: TestContext,
  url: string,
  { process }: Partial<Pick<QueueOptions, 'process'>> = {},
) {
  const { lines, waitForLine, destination } = linesInMemory()
  const processed: [string, string | undefined][] = []
  const news = new EventEmitter()
  let began = 0
  const queue = await redisQueue(url, {
    logger: createLogger({}, destination),
    pauseMs: 1,
    async process(order) {
      began += 1
      news.emit('news')
      await process?.(order)
      processed.push([order.orderId, getCorrelationId()])
      news.emit('news')
    },
  })
  t.after(() => queue.close(100))
  return {
    queue,
    lines,
    waitForLine,
    processed,
    /** Resolves when so many orders are processed. */
    async until(count: number) {
      while (processed.length < count) await once(news, 'news')
    },
    /** Resolves when so many attempts have begun. */
    async begun(count: number) {
      while (began < count) await once(news, 'news')
    },
    add: (orderId: string) =>
      runWithContext({ correlationId: `of-${orderId}`, startedAt: 0 }, () =>
        queue.add({ orderId, item: 'tea', quantity: 1 }),
      ),
  }
}

/** Somebody at this address who ends each connection at once. */
async function refusing(t: TestContext, address: string) {
  const [host, port] = address.split(':')
  let refused = 0
  const news = new EventEmitter()
  const server = createServer((socket) => {
    socket.resetAndDestroy()
    refused += 1
    news.emit('refused')
  })
  server.listen(Number(port), host)
  await once(server, 'listening')
  const stop = async () => {
    if (!server.listening) return
    server.close()
    await once(server, 'close')
  }
  t.after(stop)
  return {
    stop,
    /** Resolves when each of the three connections has been tried a few times. */
    async many() {
      while (refused < 12) await once(news, 'refused')
    },
  }
}
