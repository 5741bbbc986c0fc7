import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Line, startApp } from '../e2e/app-process.ts'
import { type ReceivedSpan, spansInAnswer } from '../e2e/otlp-request.ts'
import { assertTree } from '../e2e/span-tree.ts'
import { startJaeger, withoutJaeger } from './start-jaeger.ts'

const skip = withoutJaeger()

test('a log line leads to its trace in Jaeger, both services in it, and the id leads there too', {
  skip,
}, async (t) => {
  const { ui, otlp } = await startJaeger(t)
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: otlp, TRACE_UI_URL: ui }
  const stock = await startApp(t, { env: { ...env, OTEL_SERVICE_NAME: 'stock' } })
  const shop = await startApp(t, {
    env: { ...env, OTEL_SERVICE_NAME: 'shop', DOWNSTREAM_URL: `${stock.url}/echo` },
  })
  const call = (path: string, correlationId: string) =>
    fetch(shop.url + path, { headers: { 'x-correlation-id': correlationId } })
  await Promise.all([call('/proxy', 'order-42'), call('/proxy', 'order-43'), call('/work', 'no')])
  await Promise.all([shop.stop(), stock.stop()])

  const line = completionLine(shop.lines, 'order-42')
  const there = completionLine(stock.lines, 'order-42')
  assert.equal(there.trace_id, line.trace_id)

  const trace = await spansAt(`${ui}/api/v3/traces/${line.trace_id}`)
  assertTree(
    trace,
    `
GET /proxy (server)
└─ GET (client)
   └─ GET /echo (server)
`,
  )
  const serviceOf = new Map(trace.map(({ spanId, resource }) => [spanId, resource['service.name']]))
  assert.equal(serviceOf.get(String(line.span_id)), 'shop')
  assert.equal(serviceOf.get(String(there.span_id)), 'stock')
  for (const { attributes } of trace) assert.equal(attributes['correlation.id'], 'order-42')

  const query = new URLSearchParams({
    'query.serviceName': 'shop',
    'query.startTimeMin': new Date(Number(line.time) - 3_600_000).toISOString(),
    'query.startTimeMax': new Date(Number(line.time) + 3_600_000).toISOString(),
    'query.attributes': JSON.stringify({ 'correlation.id': 'order-42' }),
  })
  const found = await spansAt(`${ui}/api/v3/traces?${query}`)
  assert.deepEqual([...new Set(found.map(({ traceId }) => traceId))], [line.trace_id])

  const link = await fetch(String(line.trace_url))
  assert.equal(link.status, 200)
  assert.equal(line.trace_url, `${ui}/trace/${line.trace_id}?uiFind=${line.span_id}`)
})

function completionLine(lines: Line[], correlationId: string): Line {
  const line = lines.find(
    (line) => line.msg === 'request completed' && line.correlationId === correlationId,
  )
  assert.ok(line)
  return line
}

async function spansAt(url: string): Promise<ReceivedSpan[]> {
  const response = await fetch(url)
  assert.equal(response.status, 200, url)
  return spansInAnswer(await response.text())
}
