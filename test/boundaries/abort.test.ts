import { test } from 'node:test'
import { boundaryApp, IDS, TELEMETRY } from './boundary-app.ts'
import { assertMarked } from './marked.ts'

for (const telemetry of TELEMETRY) {
  test(`a timeout aborts under the id of the request that set it: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'abort', telemetry)
    await Promise.all(IDS.map((id) => app.request('/timeout', id)))
    await app.end()

    const own = IDS.map((id) => app.identitiesIn('GET /timeout', id))
    for (const name of ['timeout', 'any', 'awaited']) assertMarked(app, telemetry, name, own)
  })

  test(`an abort listener runs under the id of whoever aborts, but where it is bound: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'abort', telemetry)
    await app.request('/listen', 'listener')
    await app.request('/abort', 'aborter')
    await app.end()

    assertMarked(app, telemetry, 'unbound', [app.identitiesIn('GET /abort', 'aborter')])
    assertMarked(app, telemetry, 'bound', [app.identitiesIn('GET /listen', 'listener')])
  })
}
