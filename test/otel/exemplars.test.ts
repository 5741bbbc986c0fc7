import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { observedApp } from '../e2e/observed-app.ts'
import { serveAt } from './export-in-process.ts'

test('the SDK has no exemplars yet, as the README says', async (t) => {
  const metrics = Promise.withResolvers<string>()
  const url = await serveAt(t, async (request, response) => {
    const body = await text(request)
    if (body.includes('http.server.request.duration')) metrics.resolve(body)
    response.end()
  })
  const app = await observedApp(t, {
    env: {
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${url}/v1/metrics`,
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_METRICS_EXEMPLAR_FILTER: 'always_on',
    },
  })
  await app.request('/work')
  await app.stop()
  assert.doesNotMatch(await metrics.promise, /exemplars/)
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  assert.match(readme, /Metrics do not point to traces yet/)
})
