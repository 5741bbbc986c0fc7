import assert from 'node:assert/strict'
import { suite, type TestContext, test } from 'node:test'
import { startRedis, withoutRedis } from '../src/queue/start-redis.ts'
import { type Env, REGISTERED, spawnApp } from './app-process.ts'
import { identitiesOf, observedApp, requestLines } from './observed-app.ts'
import { assertTree } from './span-tree.ts'

const KINDS: [string, string | false, (t: TestContext) => Promise<Env>][] = [
  ['in the process', false, async () => ({})],
  ['on Redis', withoutRedis, async (t) => ({ REDIS_URL: (await startRedis(t)).url })],
]

for (const [where, skip, envOf] of KINDS) {
  suite(`orders over the queue ${where}`, { skip }, () => {
    test('an order and its job share an id, and the trace of the job links to that of the order', async (t) => {
      const app = await observedApp(t, { env: await envOf(t) })
      const { status, headers } = await order(app, 'tea', 'order-1')
      const [, traceId, spanId] = String(headers.get('server-timing')).split('-')
      await app.waitForLine(({ msg }) => msg === 'order processed')
      const { code, stderr } = await app.stop()

      assert.deepEqual([status, code, stderr], [202, 0, ''])
      assertTree(
        app.spans,
        `
POST /orders (server)
process orders (consumer)
`,
      )
      const [post, job] = ['POST /orders', 'process orders'].map((name) =>
        app.spans.find((span) => span.name === name),
      )
      assert.deepEqual([post?.traceId, post?.spanId], [traceId, spanId])
      assert.deepEqual(job?.links, [{ traceId, spanId }])
      assert.notEqual(job.traceId, traceId)
      const lines = requestLines(app.lines).filter(({ msg }) => msg !== 'request completed')
      assert.deepEqual(
        lines.map(({ msg }) => msg),
        ['processing order', 'order processed'],
      )
      for (const line of lines) {
        assert.deepEqual(identitiesOf(line), ['order-1', job.traceId, job.spanId, '01'])
      }
    })

    test('a poisoned order is tried three times, and is a dead letter with both ids', async (t) => {
      const app = await observedApp(t, { env: await envOf(t) })
      await order(app, 'poison', 'order-2')
      await app.waitForLine(({ msg }) => msg === 'order failed: now a dead letter')
      await app.stop()

      assertTree(
        app.spans,
        `
POST /orders (server)
process orders (consumer) ERROR
process orders (consumer) ERROR
process orders (consumer) ERROR
`,
      )
      const post = app.spans.find(({ name }) => name === 'POST /orders')
      const attempts = app.spans.filter(({ name }) => name === 'process orders')
      for (const { links, events } of attempts) {
        assert.deepEqual(links, [{ traceId: post?.traceId, spanId: post?.spanId }])
        assert.deepEqual(
          events.map(({ name }) => name),
          ['exception'],
        )
      }
      const failed = app.lines.filter(({ level }) => level === 50)
      assert.deepEqual(failed.map(identitiesOf), [
        ['order-2', attempts[2]?.traceId, attempts[2]?.spanId, '01'],
      ])
      assert.match(JSON.stringify(failed[0]?.err), /cannot be delivered.*orders\.ts/)
    })

    test('with telemetry off the id goes along alone', async (t) => {
      const app = await observedApp(t, { env: { ...(await envOf(t)), OTEL_SDK_DISABLED: 'true' } })
      await order(app, 'tea', 'order-3')
      await app.waitForLine(({ msg }) => msg === 'order processed')
      const { code } = await app.stop()

      assert.equal(code, 0)
      const lines = app.lines.filter((line) => 'orderId' in line)
      assert.deepEqual(
        lines.map(({ msg, correlationId }) => [msg, correlationId]),
        [
          ['processing order', 'order-3'],
          ['order processed', 'order-3'],
        ],
      )
      assert.equal(JSON.stringify(app.lines).includes('trace_id'), false)
    })

    test('the end waits for orders that run', async (t) => {
      const app = await observedApp(t, { env: await envOf(t) })
      await Promise.all(['a', 'b', 'c', 'd'].map((id) => order(app, 'tea', id)))
      const { code, lines } = await app.stop()

      assert.equal(code, 0)
      const count = (wanted: string) => lines.filter(({ msg }) => msg === wanted).length
      assert.equal(count('order processed'), count('processing order'))
      if (where === 'in the process') assert.equal(count('order processed'), 4)
    })
  })
}

test('BullMQ is not loaded where there is no Redis', async (t) => {
  const refused = 'if (specifier === "bullmq" || specifier === "ioredis") throw Error("loaded")'
  const hook = `import { registerHooks } from 'node:module'
    registerHooks({ resolve(specifier, context, next) { ${refused}; return next(specifier, context) } })`
  const nodeArgs = [...REGISTERED, '--import', `data:text/javascript,${encodeURIComponent(hook)}`]
  const app = await observedApp(t, { nodeArgs })
  assert.equal((await order(app, 'tea', 'order-5')).status, 202)
  assert.equal((await app.stop()).code, 0)

  const withRedis = spawnApp(t, { nodeArgs, env: { REDIS_URL: 'redis://127.0.0.1:1' } })
  assert.match((await withRedis.end()).stderr, /loaded/)
})

test('orders that no time is left for are named at the end', async (t) => {
  const app = await observedApp(t, { env: { SHUTDOWN_TIMEOUT_MS: '1000' } })
  await order(app, 'poison', 'order-4')
  const { code, lines } = await app.stop()

  assert.equal(code, 0)
  const lost = lines.find(({ msg }) => String(msg).startsWith('orders are lost'))
  assert.equal(lost?.left, 1)
  assert.match(JSON.stringify(lost.orders), /"orderId":"[\w-]{36}","correlationId":"order-4"/)
})

function order(app: Awaited<ReturnType<typeof observedApp>>, item: string, correlationId: string) {
  return app.request('/orders', correlationId, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ item, quantity: 2 }),
  })
}
