import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runningViewer, send } from '../running-viewer.ts'
import { line, logs, span, spanIdOf, traceIdOf, traces } from '../traffic.ts'

const range = 'query.startTimeMin=2026-01-01T00:00:00Z&query.startTimeMax=2027-01-01T00:00:00Z'

test('a trace is answered as OTLP JSON, ids in hex and int64 as strings', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  const input = span({
    traceId: traceIdOf(1).toUpperCase(),
    kind: 'SPAN_KIND_CLIENT',
    attributes: { n: 7 },
    unknown: 1,
  })
  await send(otlp, 'traces', traces('app', input))
  const answer = await (await fetch(`${ui}/api/v3/traces/${traceIdOf(1)}`)).json()
  assert.deepEqual(answer, {
    result: {
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'app' } }] },
          scopeSpans: [
            {
              scope: { name: 'test' },
              spans: [
                {
                  traceId: traceIdOf(1),
                  spanId: spanIdOf(1),
                  name: 'GET /work',
                  kind: 3,
                  startTimeUnixNano: input.startTimeUnixNano,
                  endTimeUnixNano: input.endTimeUnixNano,
                  attributes: [{ key: 'n', value: { intValue: '7' } }],
                  status: {},
                },
              ],
            },
          ],
        },
      ],
    },
  })
})

test('the log records of a trace are at /api/logs', async (t) => {
  const { ui, otlp } = await runningViewer(t)
  await send(otlp, 'logs', logs('app', line('mine'), line('other', { traceId: traceIdOf(2) })))
  const text = await (await fetch(`${ui}/api/logs?traceId=${traceIdOf(1)}`)).text()
  assert.match(text, /^\{"result":\{"resourceLogs":\[.*"body":\{"stringValue":"mine"\}/)
  assert.doesNotMatch(text, /other/)
  const none = await fetch(`${ui}/api/logs?traceId=${traceIdOf(3)}`)
  assert.deepEqual(await none.json(), { result: { resourceLogs: [] } })
  assert.equal((await fetch(`${ui}/api/logs`)).status, 400)
})

for (const [path, status, message] of [
  ['traces/xyz', 400, /trace_id/],
  [`traces/${traceIdOf(9)}`, 404, /No traces found/],
  ['trace-summaries', 400, /startTimeMin and query.startTimeMax are required/],
  ['trace-summaries?query.startTimeMin=now&query.startTimeMax=now', 400, /startTimeMin.*RFC 3339/],
  [`trace-summaries?${range}&query.durationMin=5`, 400, /durationMin.*250ms/],
  [`trace-summaries?${range}&query.attributes=%7B%22a%22:1%7D`, 400, /attributes/],
  [`trace-summaries?${range}&query.attributes=x`, 400, /attributes/],
  [`trace-summaries?${range}&query.searchDepth=0`, 500, /search depth/],
  [`trace-summaries?${range}&query.serviceName=a&query.serviceName=b`, 400, /more than once/],
  ['nothing', 404, /no such path/],
] as const)
  test(`${path.slice(0, 90)} is a ${status} that says why`, async (t) => {
    const { ui } = await runningViewer(t)
    const response = await fetch(`${ui}/api/v3/${path}`)
    const text = await response.text()
    assert.equal(response.status, status, text)
    assert.match(text, new RegExp(`"httpCode":${status}`))
    assert.match(text, message)
  })

test('an empty search is an empty list of summaries', async (t) => {
  const { ui } = await runningViewer(t)
  const response = await fetch(`${ui}/api/v3/trace-summaries?${range}`)
  assert.deepEqual([response.status, await response.json()], [200, { summaries: [] }])
})
