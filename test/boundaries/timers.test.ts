import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundaryApp, IDS, TELEMETRY } from './boundary-app.ts'
import { assertMarked } from './marked.ts'

for (const telemetry of TELEMETRY) {
  test(`whatever waits on a timer of Node goes on under its own id: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'timers', telemetry)
    const [answer] = await Promise.all(IDS.map((id) => app.request('/timers', id)))
    await app.end()

    const names: string[] = JSON.parse(answer?.body ?? '')
    assert.equal(names.length, 9)
    const own = IDS.map((id) => app.identitiesIn('GET /timers', id))
    for (const name of names) assertMarked(app, telemetry, name, own)
  })
}
