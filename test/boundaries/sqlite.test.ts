import { test } from 'node:test'
import { boundaryApp, IDS, TELEMETRY } from './boundary-app.ts'
import { assertMarked } from './marked.ts'

for (const telemetry of TELEMETRY) {
  test(`node:sqlite calls back under the id of whoever asks: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'sqlite', telemetry)
    await Promise.all(IDS.map((id) => app.request('/sqlite', id)))
    await app.end()

    const own = IDS.map((id) => app.identitiesIn('GET /sqlite', id))
    for (const name of ['function', 'step', 'row']) assertMarked(app, telemetry, name, own)
  })
}
