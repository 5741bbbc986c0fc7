import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundaryApp, IDS, TELEMETRY } from './boundary-app.ts'
import { assertMarked } from './marked.ts'

const BODY = 'x'.repeat(1_000_000)

for (const telemetry of TELEMETRY) {
  test(`a large upload, and the file streamed out, keep the id in each callback: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'streams', telemetry)
    const answers = await Promise.all(
      IDS.map((id) => app.request(`/copies/${id}`, id, { method: 'POST', body: BODY })),
    )
    for (const { body } of answers) assert.ok(body === BODY)
    await app.waitForLine(() => app.said('sent').length === IDS.length)
    await app.end()

    const own = IDS.map((id) => app.identitiesIn('POST /copies/:name', id))
    for (const name of ['in chunk', 'in end', 'stored']) assertMarked(app, telemetry, name, own)
    for (const name of ['opened', 'data', 'closed', 'out chunk', 'out end', 'sent']) {
      assertMarked(app, telemetry, name, own)
    }
  })
}
