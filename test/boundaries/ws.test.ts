import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import WebSocket from 'ws'
import { assertTree } from '../e2e/span-tree.ts'
import { boundaryApp, IDS, identitiesOfSpan, linkTo, NOBODY, TELEMETRY } from './boundary-app.ts'

const CALLER = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }
const traceparent = `00-${CALLER.traceId}-${CALLER.spanId}-01`

for (const telemetry of TELEMETRY) {
  test(`a WebSocket has the id of its upgrade, or one that the answer to it names: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'ws', telemetry)
    const first = await chat(app.url, { 'x-correlation-id': 'first', traceparent })
    const second = await chat(app.url)
    await app.end()

    assert.equal(first.correlationId, 'first')
    assert.match(second.correlationId, /^[\da-f-]{36}$/)
    const ids = [first.correlationId, second.correlationId]
    assert.deepEqual(
      app.said('joined'),
      ids.map((id) => app.identitiesIn('chat opened', id)),
    )
    if (telemetry === 'off') return
    const { traceId, parentSpanId } = app.spanOf('chat opened', 'first')
    assert.deepEqual({ traceId, spanId: parentSpanId }, CALLER)
  })

  test(`each message over it has that id, and a trace of its own that links to the upgrade's: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'ws', telemetry)
    const ids = ['first', 'second']
    const chats = await Promise.all(ids.map((id) => chat(app.url, { 'x-correlation-id': id })))
    for (let i = 0; i < 2; i++) await Promise.all(chats.map(({ say }) => say()))
    await app.end()

    const said = app.said('said').toSorted()
    assert.deepEqual(
      said.map(([id]) => id),
      ['first', 'first', 'second', 'second'],
    )
    if (telemetry === 'off') return
    const messages = app.spans.filter(({ name }) => name === 'chat message')
    assert.deepEqual(said, messages.map(identitiesOfSpan).toSorted())
    assert.equal(new Set(messages.map((span) => span.traceId)).size, 4)
    for (const { links, attributes } of messages) {
      const upgrade = app.spanOf('chat opened', String(attributes['correlation.id']))
      assert.deepEqual(links, [linkTo(upgrade)])
    }
  })

  test(`a WebSocket that a request opens takes its id and its trace along: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'ws', telemetry)
    await Promise.all(IDS.map((id) => app.request('/relayed', id)))
    await app.end()

    const opened = IDS.map((id) => app.identitiesIn('chat opened', id))
    assert.deepEqual(app.said('joined').toSorted(), opened)
    const own = IDS.map((id) => app.identitiesIn('GET', id))
    assert.deepEqual(app.said('answered').toSorted(), own)
    if (telemetry === 'off') return
    for (const id of IDS) {
      const traceId = app.spanOf('GET /relayed', id).traceId
      assertTree(
        app.spans.filter((span) => span.traceId === traceId),
        `
GET /relayed (server)
└─ GET (client)
   └─ chat opened (consumer)
`,
      )
    }
  })
}

test('a listener of a socket alone knows of no upgrade', async (t) => {
  const app = await boundaryApp(t, 'ws', 'on')
  const { client } = await chat(app.url, { 'x-correlation-id': 'first' })
  client.ping()
  await once(client, 'pong')
  await app.end()
  assert.deepEqual(app.said('pinged'), [NOBODY])
})

test('at the end each is closed with a word of its protocol', async (t) => {
  const app = await boundaryApp(t, 'ws', 'on')
  const { client } = await chat(app.url)
  const closed = once(client, 'close')
  await app.end()
  const [code] = await closed
  assert.equal(code, 1001)
})

/** A client that has joined, with the id that it was told. */
async function chat(url: string, headers: Record<string, string> = {}) {
  const client = new WebSocket(url.replace('http', 'ws'), { headers })
  const [[answer]] = await Promise.all([once(client, 'upgrade'), once(client, 'open')])
  return {
    client,
    correlationId: String(answer.headers['x-correlation-id']),
    /** Resolves when the answer is there. */
    async say() {
      client.send('hello')
      await once(client, 'message')
    },
  }
}
