import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { identitiesOf, observedApp, requestLines } from './observed-app.ts'

const entry = 'test/e2e/fixtures/listeners.ts'

test('a listener on a request or response keeps its trace and its id, on a connection that many share', async (t) => {
  const app = await observedApp(t, { entry })
  const ids = Array.from({ length: 20 }, (_, i) => `shared-${i}`)
  await Promise.all(ids.map((id) => app.request('/answered', id)))
  await app.stop()

  for (const id of ids) {
    const span = app.spans.find(({ attributes }) => attributes['correlation.id'] === id)
    const lines = requestLines(app.lines).filter(({ correlationId }) => correlationId === id)
    assert.deepEqual(lines.map(({ msg }) => msg).toSorted(), [
      'listening to both',
      'request close',
      'request completed',
      'request end',
      'response close',
      'response finish',
    ])
    for (const line of lines) {
      assert.deepEqual(identitiesOf(line), [id, span?.traceId, span?.spanId, '01'])
    }
    assert.equal(span?.name, 'GET /:how')
  }
})

test('a request whose client left is a whole trace: its route, its listeners and its last line', async (t) => {
  const app = await observedApp(t, { entry })
  const { hostname, port } = new URL(app.url)
  const socket = connect(Number(port), hostname)
  socket.write('GET /awaited HTTP/1.1\r\nHost: x\r\nX-Correlation-Id: gone-1\r\n\r\n')
  await app.waitForLine(({ msg }) => msg === 'listening to both')
  socket.destroy()
  const last = await app.waitForLine(({ msg }) => msg === 'request aborted')
  await app.stop()

  const [span] = app.spans
  assert.equal(span?.name, 'GET /:how')
  assert.equal(span.attributes['http.route'], '/:how')
  assert.deepEqual(last.res, { statusCode: null })
  for (const line of requestLines(app.lines)) {
    assert.deepEqual(identitiesOf(line), ['gone-1', span.traceId, span.spanId, '01'])
  }
})
