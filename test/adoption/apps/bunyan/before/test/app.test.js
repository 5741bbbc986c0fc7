const assert = require('node:assert/strict')
const { test } = require('node:test')
const app = require('../app.js')

test('a letter is stamped', async (t) => {
  const server = app.listen(0)
  t.after(() => server.close())
  const answer = await fetch(`http://localhost:${server.address().port}/letters/7`)
  assert.deepEqual(await answer.json(), { letter: '7' })
})
