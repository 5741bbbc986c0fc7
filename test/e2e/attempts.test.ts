import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { type TestContext, test } from 'node:test'
import { listen } from '../listen.ts'
import { observedApp } from './observed-app.ts'

const NAMES = ['A', 'B', 'C', 'D', 'E']
/** By client, how often the downstream is asked for each name. */
const ATTEMPTS = {
  client: 1,
  pool: 1,
  olderPool: 1,
  retryAgent: 2,
  retries: 2,
  redirects: 2,
  fetchRetried: 2,
  fetch: 2,
}

for (const [client, attempts] of Object.entries(ATTEMPTS)) {
  for (const disabled of ['false', 'true']) {
    const sdk = disabled === 'true' ? 'off' : 'on'
    test(`every attempt of a call over ${client} has the identities of its request, the SDK ${sdk}`, async (t) => {
      const downstream = await startDownstream(t)
      const app = await observedApp(t, {
        entry: 'test/e2e/fixtures/attempts.ts',
        env: { DOWNSTREAM_URL: downstream.url, OTEL_SDK_DISABLED: disabled },
      })

      const answers = await Promise.all(
        NAMES.map((name) => app.request(`/call/${client}/${name}`, name)),
      )

      for (const [i, name] of NAMES.entries()) {
        assert.equal(answers[i]?.body, `{"called":"${name}"}`)
        const asked = downstream.asked.filter(({ path }) => path.startsWith(`/${client}/${name}`))
        assert.equal(asked.length, attempts, name)
        const [, traceId] =
          /desc="00-(\w+)/.exec(answers[i].headers.get('server-timing') ?? '') ?? []
        for (const { headers } of asked) {
          assert.equal(headers['x-correlation-id'], name)
          assert.equal(headers.traceparent?.toString().split('-')[1], traceId)
        }
      }
      assert.equal((await app.stop()).code, 0)
    })
  }
}

/** Answers 503 to what it is asked the first time, and sends a redirect's client on to the same with a `+`. */
async function startDownstream(t: TestContext) {
  const asked: { path: string; headers: IncomingHttpHeaders }[] = []
  const server = createServer((req, res) => {
    const path = req.url ?? ''
    const again = asked.some((before) => before.path === path)
    asked.push({ path, headers: req.headers })
    if (/retr/i.test(path) && !again) res.statusCode = 503
    if (/redirects|^\/fetch\//.test(path) && !path.endsWith('+')) {
      res.writeHead(302, { location: `${path}+` })
    }
    // Slow enough that the other calls have to wait for the connection.
    setTimeout(() => res.end('{}'), 20)
  })
  const port = await listen(server)
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${port}`, asked }
}
