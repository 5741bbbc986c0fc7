import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { postJson } from '../viewer/running-viewer.ts'
import { startJaeger, withoutJaeger } from './start-jaeger.ts'

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

test('Jaeger as docker compose starts it takes spans from pages of this machine, and of no other site', {
  skip: withoutJaeger(),
}, async (t) => {
  const { otlp } = await startJaeger(t, {
    config: root('collector-config.yaml'),
    set: [
      'receivers.otlp.protocols.grpc.endpoint=127.0.0.1:0',
      'exporters.prometheus.endpoint=127.0.0.1:0',
      `extensions.jaeger_query.ui.config_file=${root('jaeger-ui.json')}`,
    ],
  })
  const preflight = async (origin: string) => {
    const { headers } = await fetch(`${otlp}/v1/traces`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-own',
      },
    })
    return [
      headers.get('access-control-allow-origin'),
      headers.get('access-control-allow-methods'),
      headers.get('access-control-allow-headers'),
    ]
  }
  for (const origin of [
    'http://localhost',
    'http://localhost:5173',
    'http://127.0.0.1:8080',
    'http://app.localhost',
  ]) {
    assert.deepEqual(await preflight(origin), [origin, 'POST', 'content-type,x-own'])
    const sent = await postJson(`${otlp}/v1/traces`, { resourceSpans: [] }, { origin })
    assert.deepEqual([sent.status, sent.headers.get('access-control-allow-origin')], [200, origin])
  }
  for (const origin of ['https://evil.example', 'http://localhost.evil.example', 'null'])
    assert.deepEqual(await preflight(origin), [null, null, null], origin)
})
