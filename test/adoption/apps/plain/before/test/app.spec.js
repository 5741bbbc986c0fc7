import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { app } from '../app.js'

test('a harbour has its tides', async (t) => {
  const server = app.listen(0)
  t.after(() => server.close())
  await once(server, 'listening')
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/tides/Whitby`)
  assert.deepEqual(await answer.json(), { harbour: 'Whitby', high: '04:12' })
})
