import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { suite, type TestContext, test } from 'node:test'
import { listen } from '../../listen.ts'
import { startApp } from '../start-app.ts'

const SENT = { 'x-correlation-id': 'trace-abc' }

const redirect: RequestListener = (_req, res) =>
  void res.writeHead(302, { location: 'nowhere://' }).end()

const hangUp: RequestListener = (req, res) => {
  res.writeHead(200, { 'content-length': 100 })
  res.write('{"received":', () => req.socket.destroy())
}

suite('/proxy answers 502 with its id, and one line has the cause, when the downstream', () => {
  const answers: [string, RequestListener, RegExp][] = [
    ['answers an error', (_req, res) => void res.writeHead(503).end('{"received":"x"}'), /503/],
    ['answers a redirect to nowhere', redirect, /fetch failed/],
    ['answers no JSON', (_req, res) => void res.end('<html>'), /JSON/],
    ['answers nothing', (_req, res) => void res.end(), /JSON/],
    [
      'answers JSON of another shape',
      (_req, res) => void res.end('{"received":7}'),
      /expected string/,
    ],
    ['answers null', (_req, res) => void res.end('null'), /expected object/],
    ['hangs up', (req) => void req.socket.destroy(), /fetch failed/],
    ['hangs up in its answer', hangUp, /terminated/],
  ]
  for (const [what, answer, cause] of answers) {
    test(what, async (t) => {
      await assertBadGateway(t, await startDownstream(t, answer), cause)
    })
  }

  test('is down', async (t) => {
    const down = createServer()
    const port = await listen(down)
    down.close()
    await once(down, 'close')

    await assertBadGateway(t, `http://127.0.0.1:${port}`, /ECONNREFUSED/)
  })

  for (const [what, begin] of [
    ['takes longer than 5 s to answer', () => {}],
    ['takes longer than 5 s over its body', (_req, res) => void res.write('{"received":')],
  ] satisfies [string, RequestListener][]) {
    test(what, async (t) => {
      const patience = fiveSeconds(t)
      const url = await startDownstream(t, (req, res) => {
        begin(req, res)
        setImmediate(patience.end)
      })

      await assertBadGateway(t, url, /took too long/)
      assert.deepEqual(patience.asked, [5000])
    })
  }
})

async function assertBadGateway(t: TestContext, downstreamUrl: string, cause: RegExp) {
  const { url, lines, waitForLine } = await startApp(t, { downstreamUrl })

  const answer = await fetch(`${url}/proxy`, { headers: SENT })

  assert.equal(await answer.text(), '{"error":"bad gateway","correlationId":"trace-abc"}')
  assert.equal(answer.status, 502)
  await waitForLine('request completed')
  assert.deepEqual(
    lines.map(({ level, msg, correlationId }) => [level, msg, correlationId]),
    [
      [50, 'request failed', 'trace-abc'],
      [40, 'request completed', 'trace-abc'],
    ],
  )
  assert.match(JSON.stringify(lines[0]), cause)
}

/** Five seconds that are over when the test says so. */
function fiveSeconds(t: TestContext) {
  const asked: number[] = []
  const controller = new AbortController()
  t.mock.method(AbortSignal, 'timeout', (ms: number) => {
    asked.push(ms)
    return controller.signal
  })
  return { asked, end: () => controller.abort(new Error('took too long')) }
}

async function startDownstream(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${await listen(server)}`
}
