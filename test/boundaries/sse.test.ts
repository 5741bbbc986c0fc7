import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundaryApp, TELEMETRY } from './boundary-app.ts'

/** Longer than any test takes: what waits for it never ends. */
const env = { SHUTDOWN_TIMEOUT_MS: '3600000' }

for (const telemetry of TELEMETRY) {
  test(`an event is told under the id of the stream that it goes out on, where its listener is bound: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'sse', telemetry, { env })
    const streams = await Promise.all(
      ['first', 'second'].map((id) => listenTo(app.url, 'news', id)),
    )
    await app.request('/news/rain', 'editor', { method: 'POST' })
    for (const stream of streams) assert.equal(await stream.next(), 'data: rain\n\n')
    await app.end()

    const own = ['first', 'second'].map((id) => app.identitiesIn('GET /news', id))
    assert.deepEqual(app.said('told').toSorted(), own)
    const completed = [app.identitiesIn('POST /news/:item', 'editor'), ...own]
    assert.deepEqual(app.said('request completed').toSorted(), completed.toSorted())
    for (const stream of streams) assert.equal(await stream.next(), undefined)
  })

  test(`and else under the id of whoever brought it; a stream whose client left ends under its own: telemetry ${telemetry}`, async (t) => {
    const app = await boundaryApp(t, 'sse', telemetry, { env })
    const stream = await listenTo(app.url, 'unbound', 'first')
    await app.request('/news/rain', 'editor', { method: 'POST' })
    await stream.next()
    stream.leave()
    await app.waitForLine(({ msg }) => msg === 'request aborted')
    await app.end()

    assert.deepEqual(app.said('told, unbound'), [app.identitiesIn('POST /news/:item', 'editor')])
    const own = [app.identitiesIn('GET /unbound', 'first')]
    assert.deepEqual(app.said('left'), own)
    assert.deepEqual(app.said('request aborted'), own)
  })
}

/** A client of an event stream that has begun. */
async function listenTo(url: string, path: string, correlationId: string) {
  const leaving = new AbortController()
  const { body } = await fetch(`${url}/${path}`, {
    headers: { 'x-correlation-id': correlationId },
    signal: leaving.signal,
  })
  assert.ok(body)
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  return {
    /** What comes next; undefined at the end. */
    next: async () => (await reader.read()).value,
    leave() {
      reader.closed.catch(() => {})
      leaving.abort()
    },
  }
}
