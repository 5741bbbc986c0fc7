import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rawRequest } from '../src/raw-request.ts'
import { identitiesOf, observedApp, requestLines } from './observed-app.ts'
import { assertTree } from './span-tree.ts'

const JSON_BODY = { method: 'POST', headers: { 'content-type': 'application/json' } }

test('a refused request can still be found: 404, malformed body, oversized body', async (t) => {
  const app = await observedApp(t)
  const answers = [
    await app.request('/nowhere', 'lost-1'),
    await app.request('/work', 'bad-2', { ...JSON_BODY, body: '{"secret":"hunter2' }),
    await app.request('/any', 'big-3', { ...JSON_BODY, body: `"${'x'.repeat(110_000)}"` }),
  ]
  await app.stop()

  assert.deepEqual(
    answers.map(({ status, body }) => [status, body]),
    [
      [404, '{"error":"not found","correlationId":"lost-1"}'],
      [400, '{"error":"bad request","correlationId":"bad-2"}'],
      [413, '{"error":"payload too large","correlationId":"big-3"}'],
    ],
  )
  assertTree(
    app.spans,
    `
GET (server)
POST (server)
POST (server)
`,
  )
  for (const [i, correlationId] of ['lost-1', 'bad-2', 'big-3'].entries()) {
    const span = app.spans.find(({ attributes }) => attributes['correlation.id'] === correlationId)
    const identities = [correlationId, span?.traceId, span?.spanId, '01']
    const lines = requestLines(app.lines).filter((line) => line.correlationId === correlationId)
    assert.equal(lines.at(-1)?.msg, 'request completed')
    for (const line of lines) assert.deepEqual(identitiesOf(line), identities)
    const headers = answers[i]?.headers
    assert.equal(headers?.get('x-correlation-id'), correlationId)
    assert.match(headers.get('server-timing') ?? '', new RegExp(`${span?.traceId}-${span?.spanId}`))
  }
})

test('health checks drown nothing: no span, no line, and no identity to follow', async (t) => {
  const app = await observedApp(t)
  for (const path of ['/livez', '/readyz', '/readyz?verbose']) {
    const { status, body, headers } = await app.request(path, 'probe')
    assert.equal(status, 200)
    assert.equal(body, '{"status":"ok"}')
    assert.equal(headers.get('x-correlation-id'), null)
    assert.equal(headers.get('server-timing'), null)
  }
  await app.stop()
  assert.deepEqual(app.spans, [])
  assert.deepEqual(requestLines(app.lines), [])
  assert.equal(
    app.lines.some((line) => 'req' in line),
    false,
  )
})

test('nothing private of a request ends up in telemetry: query, credentials, cookies, body', async (t) => {
  const downstream = await observedApp(t)
  const { host } = new URL(downstream.url)
  const app = await observedApp(t, {
    env: { DOWNSTREAM_URL: `http://${host}/echo?key=hunter2`, OTEL_LOG_LEVEL: 'warn' },
  })
  const headers = { authorization: 'Bearer hunter2', cookie: 'sid=hunter2' }
  const body = '{"password":"hunter2"'
  for (const path of ['/proxy', '/boom', '/nowhere', '/work']) {
    await app.request(`${path}?token=hunter2`, 'abc', { headers })
    await app.request(`${path}?token=hunter2`, 'hunter2 hunter2', {
      headers: { ...headers, 'content-type': 'application/json' },
      method: 'POST',
      body,
    })
  }
  const ends = await Promise.all([app.stop(), downstream.stop()])

  assert.equal(app.spans.length, 9) // with the client span of the one call
  assert.equal(downstream.spans.length, 1)
  const written = [app.spans, downstream.spans, ...ends]
  assert.doesNotMatch(JSON.stringify(written), /hunter2/)
  const paths = app.spans.map(({ attributes }) => attributes['url.full'] ?? attributes['url.path'])
  assert.ok(paths.includes('/proxy') && paths.includes(`${downstream.url}/echo`))
})

test('a tunnel is refused by the whole app too, which follows what others take to end it', async (t) => {
  const app = await observedApp(t)
  const head = 'CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\nx-correlation-id: tunnel-1\r\n\r\n'

  const answer = await rawRequest(app.url, head)

  assert.match(answer, /^HTTP\/1\.1 501 Not Implemented\r\n/)
  assert.ok(answer.endsWith('{"error":"not implemented","correlationId":"tunnel-1"}'), answer)
  const { code, lines } = await app.stop()
  assert.equal(code, 0)
  assert.deepEqual(
    requestLines(lines).map(({ msg, correlationId }) => [msg, correlationId]),
    [['request refused', 'tunnel-1']],
  )
})
