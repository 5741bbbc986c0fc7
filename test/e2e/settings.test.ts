import assert from 'node:assert/strict'
import { test } from 'node:test'
import { observedApp } from './observed-app.ts'

test('headers arrive as vendors write them: with padding, with spaces, with a comma at the end', async (t) => {
  const app = await observedApp(t, {
    env: {
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic abc==,a=b%20c, api-key = x=y ,tenant=one,',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'Tenant=two,cookie=k=v; w=%25',
      OTEL_RESOURCE_ATTRIBUTES: 'team=a b,,query=x=1,',
    },
  })
  await app.request('/echo')
  const { stderr } = await app.stop()

  const { authorization, a, 'api-key': key, tenant, cookie } = app.sink.exports[0]?.headers ?? {}
  assert.deepEqual(
    { authorization, a, key, tenant, cookie },
    { authorization: 'Basic abc==', a: 'b c', key: 'x=y', tenant: 'two', cookie: 'k=v; w=%' },
  )
  assert.equal(app.spans[0]?.resource.team, 'a b')
  assert.equal(app.spans[0]?.resource.query, 'x=1')
  assert.equal(stderr, '')
})
