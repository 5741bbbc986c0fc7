import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { test } from 'node:test'
import { withoutJaeger } from '../jaeger/start-jaeger.ts'
import { askUntil } from './ask.ts'
import { jaegerTrace } from './jaeger-trace.ts'
import { startStack } from './stack.ts'

const skip = withoutJaeger()

test('Prometheus finds durations by route, and how Node is doing, under their conventional names', {
  skip,
}, async (t) => {
  const { app, jaeger, request } = await startStack(t)
  await request('/work', 'a')
  await request('/boom', 'b')
  await request('/proxy', 'c')
  await app.stop() // which sends what the interval has not sent yet
  const metrics = await metricsOf(jaeger.metrics)

  const counts = metrics.filter(({ name }) => name === 'http_server_request_duration_seconds_count')
  assert.deepEqual(
    new Set(
      counts.map(
        ({ labels }) =>
          `${labels.http_request_method} ${labels.http_route} ${labels.http_response_status_code}`,
      ),
    ),
    new Set(['GET /work 200', 'GET /boom 500', 'GET /proxy 200']),
  )
  const names = new Set(metrics.map(({ name }) => name))
  for (const name of [
    'nodejs_eventloop_delay_p99_seconds',
    'nodejs_eventloop_utilization_ratio',
    'v8js_memory_heap_used_bytes',
    'v8js_gc_duration_seconds_count',
  ])
    assert.ok(names.has(name), name)
})

test("telemetry does not count its own requests among the app's", { skip }, async (t) => {
  const { app, jaeger, request } = await startStack(t)
  const line = await request('/proxy', 'c')
  // The app has made a request of telemetry's own by now.
  await jaegerTrace(jaeger.ui, line.trace_id, 3)
  await app.stop()
  const metrics = await metricsOf(jaeger.metrics)
  const calls = metrics.filter(({ name }) => name === 'http_client_request_duration_seconds_count')
  assert.deepEqual(
    calls.map(({ labels, value }) => [labels.http_request_method, value]),
    [['GET', '1']],
  )
})

test('a client makes no new series by its choice of path, method, host or header', {
  skip,
}, async (t) => {
  const { app, jaeger, request } = await startStack(t)
  for (let i = 0; i < 20; i++) {
    const method = ['PROPFIND', 'PURGE', 'MKCOL', 'LOCK'][i % 4] ?? ''
    await request(`/nowhere/${i}?n=${i}`, `path-${i}`)
    await ask(app.url, method, {
      host: `host-${i}.example`,
      'x-forwarded-proto': `proto-${i}`,
      forwarded: `host=f-${i};proto=q${i}`,
      'user-agent': `agent-${i}`,
    })
  }
  await fetch(`${app.url}/livez`)
  await app.stop()

  const metrics = await metricsOf(jaeger.metrics)
  const counts = metrics.filter(({ name }) => name === 'http_server_request_duration_seconds_count')
  assert.deepEqual(
    counts
      .map(({ labels, value }) => [labels.http_request_method, labels.http_route, value])
      .sort(),
    [
      ['GET', undefined, '20'],
      ['_OTHER', undefined, '20'],
    ],
  )
})

/** A request with a method and headers that fetch would not send. */
async function ask(url: string, method: string, headers: Record<string, string>): Promise<void> {
  const [response] = await once(
    httpRequest(`${url}/odd`, { method, headers, agent: false }).end(),
    'response',
  )
  response.resume()
  await once(response, 'end')
}

/** What the app called throughline reports, as soon as that is there. */
function metricsOf(url: string) {
  return askUntil(url, (text) => {
    const metrics = text.split('\n').flatMap((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? []
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', label]) => [
        key,
        label,
      ])
      return name === '' ? [] : [{ name, labels: Object.fromEntries(pairs), value }]
    })
    const own = metrics.filter(({ labels }) => labels.job === 'throughline')
    return own.length > 0 ? own : undefined
  })
}
