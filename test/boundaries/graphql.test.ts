import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundaryApp, IDS, TELEMETRY } from './boundary-app.ts'

for (const telemetry of TELEMETRY) {
  test(`a resolver writes and fails under the id of its request: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'graphql', telemetry)
    const answers = await Promise.all(
      IDS.map((id) =>
        app.request('/graphql', id, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ tea, more: tea, coffee }' }),
        }),
      ),
    )
    await app.end()

    for (const { status, body } of answers) {
      assert.equal(status, 200)
      assert.deepEqual(JSON.parse(body).data, { tea: 'green', more: 'green', coffee: null })
    }
    const name = 'POST /graphql'
    const own = IDS.map((id) => app.identitiesIn(name, id))
    assert.deepEqual(app.said('tea made').toSorted(), [...own, ...own].toSorted())
    assert.deepEqual(app.said('request failed').toSorted(), own)
    if (telemetry === 'off') return
    for (const id of IDS) {
      const { status, events } = app.spanOf(name, id)
      const messages = events.map(({ attributes }) => attributes['exception.message'])
      assert.deepEqual([status.code, ...messages], [2, 'no beans'])
    }
  })
}
