import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { test } from 'node:test'
import { ROOT } from './app-process.ts'
import { observedApp } from './observed-app.ts'

test('a backend learns which service it is, and not who runs it with which command', async (t) => {
  const app = await observedApp(t, {
    env: { OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging' },
  })
  await app.request('/echo')
  await app.stop()

  const [span] = app.spans
  assert.deepEqual(Object.keys(span?.resource ?? {}).sort(), [
    'deployment.environment.name',
    'service.instance.id',
    'service.name',
    'service.version',
    'telemetry.sdk.language',
    'telemetry.sdk.name',
    'telemetry.sdk.version',
  ])
  assert.equal(span?.resource['service.name'], 'throughline')
  assert.equal(span?.resource['deployment.environment.name'], 'staging')
  const values = Object.values(span?.resource ?? {})
  assert.equal(values.includes(userInfo().username), false)
  assert.equal(
    values.some((value) => String(value).includes(ROOT)),
    false,
  )
})
