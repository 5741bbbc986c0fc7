import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createHttp, get as httpGet } from 'node:http'
import { createServer as createHttps, get as httpsGet } from 'node:https'
import { test } from 'node:test'
import { openAnswers } from '../../../../src/throughline/ending/open-answers.ts'
import { PSK_CLIENT, PSK_SERVER } from '../../../e2e/fixtures/psk.ts'
import { listen } from '../../../listen.ts'

const answer: Parameters<typeof createHttp>[1] = (_req, res) => res.end('{}')
for (const [what, server, get] of [
  ['HTTP', createHttp(answer), httpGet],
  ['HTTPS', createHttps(PSK_SERVER, answer), httpsGet],
] as const) {
  test(`nothing is remembered of a connection over ${what} that is closed`, async (t) => {
    const answers = openAnswers(server)
    t.after(() => server.close())
    const port = await listen(server)
    for (let i = 0; i < 3; i++) {
      const asked = once(server, 'request')
      const sent = get({ port, host: '127.0.0.1', agent: false, ...PSK_CLIENT })
      const [req] = await asked
      assert.equal(answers.size, 1)
      const closed = new Promise((resolve) => req.socket.once('close', resolve))
      const [response] = await once(sent, 'response')
      response.resume()
      await closed
    }
    assert.equal(answers.size, 0)
  })
}
