const assert = require('node:assert/strict')
const { test } = require('node:test')
const app = require('../app.js')

test('a crossing has its tide', async (t) => {
  const server = app.listen(0)
  t.after(() => server.close())
  const answer = await fetch(`http://localhost:${server.address().port}/crossings/7`)
  assert.deepEqual(await answer.json(), { id: '7', metres: 2 })
})
