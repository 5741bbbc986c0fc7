import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { ReceivedSpan } from '../e2e/otlp-request.ts'
import { assertTree } from '../e2e/span-tree.ts'
import { withoutRedis as skip, startRedis } from '../src/queue/start-redis.ts'
import { boundaryApp, IDS, linkTo, NOBODY, TELEMETRY } from './boundary-app.ts'

/** With the official instrumentation of ioredis. */
const nodeArgs = ['--import', './test/boundaries/fixtures/telemetry.ts']
const COMMANDS = {
  awaited: ['incr'],
  'called-back': ['incr'],
  pipelined: ['get', 'incr'],
  published: ['publish'],
}

for (const telemetry of TELEMETRY) {
  test(`what ioredis answers is answered under the id that asked, its spans are the request's: telemetry ${telemetry}`, {
    skip,
  }, async (t) => {
    const app = await asked(t, Object.keys(COMMANDS), telemetry)
    const own = Object.keys(COMMANDS).flatMap((how) =>
      IDS.map((id) => app.identitiesIn(`GET /${how}`, `${how}-${id}`)),
    )
    assert.deepEqual(app.said('counted').toSorted(), own.toSorted())
    if (telemetry === 'off') return
    for (const [how, commands] of Object.entries(COMMANDS)) {
      for (const id of IDS) {
        const drawn = commands.map((name, i) => `${i < commands.length - 1 ? '├' : '└'}─ ${name}`)
        const tree = [`GET /${how} (server)`, ...drawn.map((line) => `${line} (client)`)]
        assertTree(spansOf(app.spans, `${how}-${id}`), tree.join('\n'))
      }
    }
  })

  test(`a message over a channel has the id of its sender, and a trace that links to it: telemetry ${telemetry}`, {
    skip,
  }, async (t) => {
    const app = await asked(t, ['published'], telemetry)
    const ids = IDS.map((id) => `published-${id}`)
    assert.deepEqual(
      app.said('understood').toSorted(),
      ids.map((id) => app.identitiesIn('count heard', id)),
    )
    assert.deepEqual(app.said('heard'), [NOBODY, NOBODY, NOBODY])
    if (telemetry === 'off') return
    for (const id of ids) {
      const [sender, heard] = [app.spanOf('GET /published', id), app.spanOf('count heard', id)]
      assert.deepEqual(heard.links, [linkTo(sender)])
    }
  })
}

test('where ioredis pipelines by itself, the spans of all commands are those of the request that was first', {
  skip,
}, async (t) => {
  const app = await asked(t, ['batched'], 'on')
  const own = IDS.map((id) => app.identitiesIn('GET /batched', `batched-${id}`))
  assert.deepEqual(app.said('counted').toSorted(), own)
  const commands = app.spans.filter(({ name }) => name === 'incr')
  assert.equal(commands.length, 3)
  assert.equal(new Set(commands.map(({ parentSpanId }) => parentSpanId)).size, 1)
})

test('a command that waits for the connection has a second span, in the request that opened it', {
  skip,
}, async (t) => {
  const app = await asked(t, ['lazy'], 'on')
  const ids = IDS.map((id) => `lazy-${id}`)
  const own = ids.map((id) => app.identitiesIn('GET /lazy', id))
  assert.deepEqual(app.said('counted').toSorted(), own)
  const counts = ids.map(
    (id) => spansOf(app.spans, id).filter(({ name }) => name === 'incr').length,
  )
  assert.deepEqual(counts.toSorted(), [1, 1, 4])
})

/** Asks in these ways, three requests at a time in each, and gives the app at its end. */
async function asked(t: TestContext, ways: string[], telemetry: (typeof TELEMETRY)[number]) {
  const { url: REDIS_URL } = await startRedis(t)
  const app = await boundaryApp(t, 'ioredis', telemetry, { nodeArgs, env: { REDIS_URL } })
  for (const how of ways) {
    await Promise.all(IDS.map((id) => app.request(`/${how}`, `${how}-${id}`)))
  }
  for (const id of ways.includes('published') ? IDS : []) {
    await app.waitForLine(
      ({ msg, correlationId }) => msg === 'understood' && correlationId === `published-${id}`,
    )
  }
  await app.end()
  return app
}

function spansOf(spans: ReceivedSpan[], correlationId: string): ReceivedSpan[] {
  return spans.filter(
    ({ attributes, kind }) => attributes['correlation.id'] === correlationId && kind !== 'consumer',
  )
}
