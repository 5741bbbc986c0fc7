import { test } from 'node:test'
import { boundaryApp, IDS, TELEMETRY } from './boundary-app.ts'
import { assertMarked } from './marked.ts'

for (const telemetry of TELEMETRY) {
  test(`who waits for many, or for the first, goes on under its own id, the loser after the answer too: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'promises', telemetry)
    await Promise.all(IDS.map((id) => app.request('/all', id)))
    await Promise.all(IDS.map((id) => app.request('/race', id)))
    await app.waitForLine(() => app.said('loser').length === IDS.length)
    await app.end()

    const ofAll = IDS.map((id) => app.identitiesIn('GET /all', id))
    assertMarked(app, telemetry, 'part', [...ofAll, ...ofAll])
    assertMarked(app, telemetry, 'all', ofAll)
    const ofRace = IDS.map((id) => app.identitiesIn('GET /race', id))
    assertMarked(app, telemetry, 'won', ofRace)
    assertMarked(app, telemetry, 'loser', ofRace)
  })
}
