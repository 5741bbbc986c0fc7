import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { test } from 'node:test'
import { boundaryApp, IDS, TELEMETRY } from './boundary-app.ts'
import { assertMarked } from './marked.ts'

for (const telemetry of TELEMETRY) {
  test(`JSON that comes in pieces, those of three requests in turn, is read under its own id: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'bodies', telemetry)
    const rest = new EventEmitter().setMaxListeners(0)
    const answers = IDS.map((id) => app.request('/json', id, jsonInPieces(id, rest)))
    while (rest.listenerCount('go') < IDS.length) await once(rest, 'newListener')
    rest.emit('go')
    for (const [i, { body }] of (await Promise.all(answers)).entries()) {
      assert.deepEqual(JSON.parse(body), { id: IDS[i] })
    }
    await app.end()

    const own = IDS.map((id) => app.identitiesIn('POST /json', id))
    for (const name of ['verified', 'read']) assertMarked(app, telemetry, name, own)
  })

  for (const storage of ['disk', 'memory']) {
    test(`files that multer keeps, on ${storage}, are read under their own id: telemetry ${telemetry}`, async (t) => {
      const app = await boundaryApp(t, 'bodies', telemetry)
      const answers = await Promise.all(
        IDS.map((id) => app.request(`/${storage}`, id, { method: 'POST', body: twoFiles(id) })),
      )
      for (const { body } of answers) assert.equal(body, '[300000,200000]')
      await app.end()

      const own = IDS.map((id) => app.identitiesIn(`POST /${storage}`, id))
      assertMarked(app, telemetry, `${storage} file`, [...own, ...own])
      assertMarked(app, telemetry, `${storage} read`, own)
      if (storage === 'disk') assertMarked(app, telemetry, 'disk named', [...own, ...own])
    })
  }
}

/** A request whose body's second half comes once all others have sent their first. */
function jsonInPieces(id: string, rest: EventEmitter) {
  const bytes = new TextEncoder().encode(JSON.stringify({ id }))
  const body = new ReadableStream({
    async start(body) {
      body.enqueue(bytes.subarray(0, 4))
      await once(rest, 'go')
      body.enqueue(bytes.subarray(4))
      body.close()
    },
  })
  const headers = { 'content-type': 'application/json' }
  return { method: 'POST', headers, body, duplex: 'half' }
}

function twoFiles(id: string): FormData {
  const form = new FormData()
  form.append('files', new Blob(['a'.repeat(300_000)]), `${id}-a`)
  form.append('files', new Blob(['b'.repeat(200_000)]), `${id}-b`)
  return form
}
