import { test } from 'node:test'
import { boundaryApp, IDS, TELEMETRY } from './boundary-app.ts'
import { assertMarked } from './marked.ts'

for (const telemetry of TELEMETRY) {
  test(`a loop over a generator of its own keeps the id, in its body too: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'async-generator', telemetry)
    await Promise.all(IDS.map((id) => app.request('/own', id)))
    await app.end()

    const own = IDS.map((id) => app.identitiesIn('GET /own', id))
    for (const name of ['own body', 'own row']) assertMarked(app, telemetry, name, own)
  })

  test(`the body of a generator runs under the id of whoever asks, but where next() is bound: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'async-generator', telemetry)
    for (const id of IDS) await app.request('/shared', id)
    await app.end()

    const asked = IDS.map((id) => app.identitiesIn('GET /shared', id))
    const [maker = []] = asked
    assertMarked(app, telemetry, 'unbound body', asked)
    assertMarked(app, telemetry, 'bound body', [maker, maker, maker])
    assertMarked(app, telemetry, 'asked', asked)
  })
}
