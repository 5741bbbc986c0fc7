import { test } from 'node:test'
import { boundaryApp, TELEMETRY } from './boundary-app.ts'
import { assertMarked } from './marked.ts'

for (const telemetry of TELEMETRY) {
  test(`a listener runs under the id of whoever emits, but where it is bound, awaited or iterated: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'emitter', telemetry)
    await app.request('/listen', 'listener')
    await app.request('/emit', 'emitter')
    await app.end()

    const own = [app.identitiesIn('GET /listen', 'listener')]
    assertMarked(app, telemetry, 'unbound', [app.identitiesIn('GET /emit', 'emitter')])
    for (const name of ['bound', 'awaited', 'iterated']) assertMarked(app, telemetry, name, own)
  })
}
