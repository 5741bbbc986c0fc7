import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identitiesOf } from '../e2e/observed-app.ts'
import { askJoined } from './joined.ts'
import { ownedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

const skip = await noRegistry()
const REQUESTS = 20

test("an app keeps its bunyan and its console, whose lines have both identities, those of a pool's listeners too", {
  skip,
}, async (t) => {
  const office = await ownedApp(t, {
    app: 'bunyan',
    title: 'JavaScript, CommonJS, Express 5, bunyan and console',
  })
  await office.run('npm test')
  await office.adopt('npm install throughline-0.1.0.tgz')
  const app = await office.start()
  await askJoined(app, '/letters/7', 'abc-123')
  await office.adopted()
  // One desk for all: each but the first waits for it, and is called back by the one before.
  const ids = Array.from({ length: REQUESTS }, (_, i) => `letter-${i}`)
  await Promise.all(ids.map((id) => app.request(`/letters/${id}`, id)))
  const { code, stderr, lines } = await app.stop()
  assert.deepEqual([code, stderr], [0, ''])

  for (const id of ids) {
    const [span] = app.spans.filter(({ attributes }) => attributes['correlation.id'] === id)
    const own = lines.filter(({ correlationId }) => correlationId === id)
    assert.deepEqual(
      own.map(({ msg, what, letter }) => [msg ?? what, letter]),
      [
        ['waiting', id],
        ['stamping', id],
        [`stamped ${id}`, undefined],
        ['request completed', undefined],
      ],
    )
    for (const line of own) {
      assert.deepEqual(identitiesOf(line), [id, span?.traceId, span?.spanId, '01'])
    }
  }
  await office.run('npm test')
})
