import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertTree } from '../e2e/span-tree.ts'
import { boundaryApp, IDS, TELEMETRY } from './boundary-app.ts'

for (const telemetry of TELEMETRY) {
  test(`a gRPC service works under the id of its caller, in a trace that goes through the call: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'grpc-service', telemetry)
    await Promise.all(IDS.map((id) => app.request(`/greetings/${id}`, id)))
    await app.end()

    const name = 'GET /greetings/:name'
    assert.deepEqual(
      app.said('greeting').toSorted(),
      IDS.map((id) => app.identitiesIn('Greeter/Greet', id)),
    )
    assert.deepEqual(
      app.said('greeted').toSorted(),
      IDS.map((id) => app.identitiesIn(name, id)),
    )
    if (telemetry === 'off') return
    for (const id of IDS) {
      const { traceId } = app.spanOf(name, id)
      assertTree(
        app.spans.filter((span) => span.traceId === traceId),
        `
GET /greetings/:name (server)
└─ POST (client)
   └─ Greeter/Greet (consumer)
`,
      )
    }
  })
}

test('what a gRPC service rejects with is on its span, and fails the request that waits for it', async (t) => {
  const app = await boundaryApp(t, 'grpc-service', 'on')
  const { status } = await app.request('/greetings/nobody', 'first')
  await app.end()

  assert.equal(status, 500)
  const { events } = app.spanOf('Greeter/Greet', 'first')
  assert.equal(events[0]?.attributes['exception.message'], 'there is nobody')
  assert.deepEqual(app.said('request failed'), [app.identitiesIn('GET /greetings/:name', 'first')])
})
