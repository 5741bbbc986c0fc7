import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Held } from '../../../viewer/receiver/held.ts'
import { page, postJson, raw, runningViewer, send } from '../running-viewer.ts'
import { line, logs, span, spanIdOf, traceIdOf, traces } from '../traffic.ts'

const spansOf = async (ui: string, traceId = traceIdOf(1)) => {
  const response = await fetch(`${ui}/api/v3/traces/${traceId}`)
  return response.status === 404 ? 0 : ((await response.text()).match(/"spanId"/g)?.length ?? 0)
}

test('traces and logs are taken with an empty partialSuccess, metrics too and let go', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  await send(otlp, 'traces', traces('app', span()))
  await send(otlp, 'logs', logs('app', line('hello')))
  const metrics = await postJson(`${otlp}/v1/metrics`, { resourceMetrics: [] })
  assert.deepEqual([metrics.status, await metrics.json()], [200, { partialSuccess: {} }])
  assert.equal(await spansOf(ui), 1)
  assert.match(await (await fetch(`${ui}/api/logs?traceId=${traceIdOf(1)}`)).text(), /hello/)
})

test('what is no OTLP is a 400 that says so', async (t) => {
  const { otlp } = await runningViewer(t)
  for (const body of ['{', '[1]', '{"resourceSpans":{}}', '{"resourceSpans":[{"scopeSpans":7}]}']) {
    const response = await postJson(`${otlp}/v1/traces`, body)
    assert.equal(response.status, 400, body)
    assert.match(await response.text(), /"message":".+"/)
  }
})

test('a body over the limit is a 413, also one that only grows by decompression', async (t) => {
  const { otlp, ui } = await runningViewer(t, { maxBody: 10_000 })
  const big = JSON.stringify(traces('app', span({ name: 'x'.repeat(20_000) })))
  assert.equal((await postJson(`${otlp}/v1/traces`, big)).status, 413)
  const zipped = gzipSync(big)
  assert.ok(zipped.length < 10_000)
  const response = await fetch(`${otlp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: zipped,
  })
  assert.equal(response.status, 413)
  assert.equal(await spansOf(ui), 0)
})

test('a body may have 64 MiB where nothing else is asked for, and none more', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  const most = 64 * 1024 * 1024
  const bare = JSON.stringify(traces('app', span({ name: '' })))
  const body = bare.replace('"name":""', `"name":"${'x'.repeat(most - bare.length)}"`)
  assert.equal(body.length, most)
  assert.equal((await postJson(`${otlp}/v1/traces`, `${body} `)).status, 413)
  assert.equal(await spansOf(ui), 0)
  assert.equal((await postJson(`${otlp}/v1/traces`, body)).status, 200)
  assert.equal(await spansOf(ui), 1)
})

test('one malformed span is rejected with the reason, the others are kept', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  const response = await postJson(
    `${otlp}/v1/traces`,
    traces(
      'app',
      span(),
      span({ spanId: 'xyz' }),
      span({ spanId: spanIdOf(2) }),
      span({ spanId: spanIdOf(3), startTimeUnixNano: 'soon' }),
    ),
  )
  assert.equal(response.status, 200)
  const answer = await response.text()
  assert.match(answer, /"rejectedSpans":"2"/)
  assert.match(answer, /not 16 hex digits/)
  assert.equal(await spansOf(ui), 2)
})

test('an attribute nested without end is cut, and its span kept', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  const depth = 100_000
  for (const [n, opening, closing] of [
    [1, '{"arrayValue":{"values":[', ']}}'],
    [2, '{"kvlistValue":{"values":[{"key":"k","value":', '}]}}'],
  ] as const) {
    const nested = `${opening.repeat(depth)}{"intValue":7}${closing.repeat(depth)}`
    const body = JSON.stringify(traces('app', span({ spanId: spanIdOf(n) }))).replace(
      '"attributes":[],"status"',
      `"attributes":[{"key":"deep","value":${nested}}],"status"`,
    )
    assert.ok(body.includes('deep'))
    const response = await postJson(`${otlp}/v1/traces`, body)
    const { partialSuccess } = await response.json()
    assert.equal(partialSuccess.rejectedSpans, undefined)
    assert.match(partialSuccess.errorMessage, /nested deeper than/)
    assert.equal(await spansOf(ui), n)
  }
})

test('too many bodies at once are put off with 503 and Retry-After, and taken later', async (t) => {
  const { otlp } = await runningViewer(t, { maxPending: 1 })
  const slow = connect(Number(new URL(otlp).port), '127.0.0.1')
  t.after(() => slow.destroy())
  const body = JSON.stringify(traces('app', span()))
  slow.write(
    `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
  )
  await once(slow, 'data') // it waits for the body now
  const refused = await postJson(`${otlp}/v1/traces`, body)
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '1'])
  slow.write(body)
  await once(slow, 'data')
  assert.equal((await postJson(`${otlp}/v1/traces`, body)).status, 200)
})

test('bodies that are held at once have a bound in bytes, beyond which one is put off', async (t) => {
  const body = JSON.stringify(traces('app', span()))
  const { otlp } = await runningViewer(t, { held: new Held(1.5 * body.length) })
  const post = () => postJson(`${otlp}/v1/traces`, body)
  assert.equal((await post()).status, 200)
  const slow = connect(Number(new URL(otlp).port), '127.0.0.1')
  t.after(() => slow.destroy())
  slow.write(
    `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
  )
  await once(slow, 'data') // it waits for the body now
  slow.write(body.slice(0, -1))
  let refused = await post()
  while (refused.status === 200) refused = await post()
  const message = 'too much is being sent at once: send this again'
  assert.deepEqual(
    [refused.status, refused.headers.get('retry-after'), await refused.json()],
    [503, '1', { code: 8, message }],
  )
  slow.write(body.slice(-1))
  const [answer] = await once(slow, 'data')
  assert.match(String(answer), /^HTTP\/1.1 200 /)
  assert.equal((await post()).status, 200)
})

test('a sender that goes away in the middle leaves nothing behind', async (t) => {
  const { otlp, ui } = await runningViewer(t, { maxPending: 1 })
  const cut = connect(Number(new URL(otlp).port), '127.0.0.1')
  cut.write(
    'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n' +
      'Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n',
  )
  await once(cut, 'data') // it waits for the body now
  cut.write(JSON.stringify(traces('cut', span())), () => cut.resetAndDestroy())
  const whole = traces('whole', span())
  let { status } = await postJson(`${otlp}/v1/traces`, whole)
  while (status === 503) ({ status } = await postJson(`${otlp}/v1/traces`, whole))
  assert.equal(status, 200)
  const services = await (await fetch(`${ui}/api/v3/services`)).json()
  assert.deepEqual(services, { services: ['whole'] })
})

test('other paths and methods are told where to go', async (t) => {
  const { otlp } = await runningViewer(t)
  assert.equal((await fetch(`${otlp}/v1/traces`)).status, 405)
  assert.equal((await page(`${otlp}/`)).status, 404)
})

test('a request by a foreign name, or from a foreign page, is refused on both ports', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  const json = { 'content-type': 'application/json' }
  const body = JSON.stringify(traces('app', span()))
  for (const host of [
    'evil.example',
    'evil.example:4318',
    '127.0.0.1.evil.example',
    'localhost@evil.example',
  ]) {
    const sent = await raw(`${otlp}/v1/traces`, {
      method: 'POST',
      headers: { ...json, host },
      body,
    })
    assert.ok([400, 421].includes(sent.status), `${host}: ${sent.status}`)
    const read = await raw(`${ui}/api/v3/services`, { headers: { host } })
    assert.ok([400, 421].includes(read.status), `${host}: ${read.status}`)
  }
  for (const origin of ['https://evil.example', 'null']) {
    const sent = await raw(`${otlp}/v1/traces`, {
      method: 'POST',
      headers: { ...json, origin },
      body,
    })
    assert.equal(sent.status, 403)
  }
  for (const host of ['localhostx', 'localhost.evil.example', '127.1.evil.example', '128.0.0.1'])
    assert.equal((await raw(`${ui}/api/v3/services`, { headers: { host } })).status, 421, host)
  for (const host of [
    'localhost',
    'LOCALHOST:1',
    'localhost.',
    'app.localhost:4318',
    '127.0.0.1:4318',
    '127.1.2.3',
    '[::1]:4318',
  ])
    assert.equal(
      (await raw(`${ui}/api/v3/services`, { headers: { host } })).body,
      '{"services":[]}',
    )
})

test('a page on another port of this machine may send by script, after a preflight', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  for (const origin of [
    'http://localhost:5173',
    'https://app.localhost',
    'http://127.0.0.1:8080',
  ]) {
    const asked = await fetch(`${otlp}/v1/traces`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-own',
      },
    })
    assert.equal(asked.status, 204)
    assert.equal(asked.headers.get('access-control-allow-origin'), origin)
    assert.equal(asked.headers.get('access-control-allow-headers'), 'content-type,x-own')
    const sent = await postJson(`${otlp}/v1/traces`, traces('page', span()), { origin })
    assert.equal(sent.headers.get('access-control-allow-origin'), origin)
  }
  assert.equal(await spansOf(ui), 1)
})

test('the preflight of a foreign page is refused, and no page may read traces by script', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  const asking = { 'access-control-request-method': 'POST', origin: 'https://evil.example' }
  const refused = await fetch(`${otlp}/v1/traces`, { method: 'OPTIONS', headers: asking })
  assert.equal(refused.status, 403)
  assert.equal(refused.headers.get('access-control-allow-origin'), null)
  const read = await fetch(`${ui}/api/v3/services`, {
    headers: { origin: 'http://localhost:5173' },
  })
  assert.equal(read.headers.get('access-control-allow-origin'), null)
})

test('a page of an origin that was named may send by script, and read nothing', async (t) => {
  const origin = 'https://app.example'
  const { otlp, ui } = await runningViewer(t, { allowOrigins: [origin] })
  const asked = await fetch(`${otlp}/v1/traces`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  })
  assert.deepEqual([asked.status, asked.headers.get('access-control-allow-origin')], [204, origin])
  const sent = await postJson(`${otlp}/v1/traces`, traces('page', span()), { origin })
  assert.deepEqual([sent.status, sent.headers.get('access-control-allow-origin')], [200, origin])
  assert.equal(await spansOf(ui), 1)
  for (const other of ['http://app.example', 'https://app.example:8443', 'https://x.app.example'])
    assert.equal((await postJson(`${otlp}/v1/traces`, {}, { origin: other })).status, 403, other)
  const cleared = await fetch(`${ui}/clear`, { method: 'POST', headers: { origin } })
  assert.equal(cleared.status, 403)
  assert.equal(await spansOf(ui), 1)
})

test('a host that was named is answered on both ports, and its own pages too', async (t) => {
  const name = 'host.docker.internal'
  const { otlp, ui } = await runningViewer(t, { allowHosts: [name] })
  const headers = { host: `${name}:4318`, 'content-type': 'application/json' }
  const body = JSON.stringify(traces('app', span()))
  assert.equal((await raw(`${otlp}/v1/traces`, { method: 'POST', headers, body })).status, 200)
  const own = { host: `${name}:16686`, origin: `http://${name}:16686` }
  assert.equal((await raw(`${ui}/clear`, { method: 'POST', headers: own })).status, 303)
  for (const host of [`x.${name}`, `${name}.evil.example`, 'docker.internal'])
    assert.equal((await raw(`${ui}/api/v3/services`, { headers: { host } })).status, 421, host)
})

test('fields in snake_case are taken', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  const span = {
    trace_id: traceIdOf(1),
    span_id: spanIdOf(1),
    start_time_unix_nano: '1780000000000000000',
    attributes: [{ key: 'snake_key', value: { string_value: 'x' } }],
  }
  await send(otlp, 'traces', { resource_spans: [{ scope_spans: [{ spans: [span] }] }] })
  assert.equal(await spansOf(ui), 1)
})

test('null for what is not there is taken, also in lists', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  const spans = [span({ events: null, links: null, status: null }), null]
  const group = { resource: null, scopeSpans: [{ scope: null, spans }] }
  await send(otlp, 'traces', { resourceSpans: [null, group] })
  assert.equal(await spansOf(ui), 1)
})
