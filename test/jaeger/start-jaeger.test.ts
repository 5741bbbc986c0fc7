import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startJaeger, withoutJaeger } from './start-jaeger.ts'

for (const storage of ['memory', 'badger'] as const) {
  test(`jaeger with ${storage} answers on both ports`, { skip: withoutJaeger() }, async (t) => {
    const { ui, otlp } = await startJaeger(t, { storage })
    const services = await fetch(`${ui}/api/v3/services`)
    assert.deepEqual(await services.json(), { services: [] })
    const ingest = await fetch(`${otlp}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"resourceSpans":[]}',
    })
    assert.equal(ingest.status, 200)
  })
}

test('stop ends it at once', { skip: withoutJaeger() }, async (t) => {
  const { ui, stop } = await startJaeger(t)
  await stop()
  await assert.rejects(fetch(`${ui}/api/v3/services`))
})

test('a config it refuses is reported with its log', { skip: withoutJaeger() }, async (t) => {
  const unknown = { set: ['extensions.nonsense.x=1'] }
  await assert.rejects(startJaeger(t, unknown), /ended with 1.*nonsense/s)
})

test('without JAEGER_BIN there is a reason to skip', () => {
  assert.match(String(withoutJaeger({})), /JAEGER_BIN/)
  assert.equal(withoutJaeger({ JAEGER_BIN: 'jaeger' }), false)
})
