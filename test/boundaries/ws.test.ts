import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import WebSocket from 'ws'
import { boundaryApp, NOBODY, TELEMETRY } from './boundary-app.ts'

const CALLER = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }
const traceparent = `00-${CALLER.traceId}-${CALLER.spanId}-01`

for (const telemetry of TELEMETRY) {
  test(`each message over a WebSocket has the id of its upgrade, and a trace that links to it: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'ws', telemetry)
    const first = await chat(app.url, { 'x-correlation-id': 'first', traceparent })
    const second = await chat(app.url)
    assert.equal(first.correlationId, 'first')
    assert.match(second.correlationId, /^[\da-f-]{36}$/)
    await Promise.all([first.say(), second.say()])
    await first.say()
    const closes = Promise.all([first, second].map(({ client }) => once(client, 'close')))
    await app.end()
    assert.deepEqual(
      (await closes).map(([code]) => code),
      [1001, 1001],
    )

    const ids = [first.correlationId, second.correlationId]
    assert.deepEqual(
      app.said('joined'),
      ids.map((id) => app.identitiesIn('chat opened', id)),
    )
    if (telemetry === 'off') {
      const said = app.said('said').map(([id]) => id)
      assert.deepEqual(said.toSorted(), ['first', 'first', second.correlationId].toSorted())
      return
    }
    const { traceId, parentSpanId } = app.spanOf('chat opened', 'first') ?? {}
    assert.deepEqual({ traceId, spanId: parentSpanId }, CALLER)
    const messages = app.spans.filter(({ name }) => name === 'chat message')
    assert.deepEqual(
      app.said('said').toSorted(),
      messages.map((span) => [idOf(span), span.traceId, span.spanId, '01']).toSorted(),
    )
    assert.equal(new Set(messages.map((span) => span.traceId)).size, 3)
    for (const span of messages) {
      const opened = app.spanOf('chat opened', idOf(span))
      assert.deepEqual(span.links, [{ traceId: opened?.traceId, spanId: opened?.spanId }])
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

function idOf({ attributes }: { attributes: Record<string, unknown> }): string {
  return String(attributes['correlation.id'])
}
