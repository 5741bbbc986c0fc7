import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSettings } from '../../../../src/throughline/settings/settings.ts'

const DEFAULTS = { traceUiUrl: undefined, timeoutMs: 10_000, drainMs: 1000 }

test('an empty environment gives the defaults, whatever PORT and LOG_LEVEL mean to the app', () => {
  assert.deepEqual(readSettings({}), DEFAULTS)
  assert.deepEqual(readSettings({ PORT: '/run/app.sock', LOG_LEVEL: 'verbose' }), DEFAULTS)
})

test('every setting does what it says', () => {
  const settings = readSettings({
    TRACE_UI_URL: 'https://jaeger.example/ui//',
    SHUTDOWN_TIMEOUT_MS: '1500',
    SHUTDOWN_DRAIN_MS: '0',
  })

  assert.deepEqual(settings, {
    traceUiUrl: 'https://jaeger.example/ui',
    timeoutMs: 1500,
    drainMs: 0,
  })
})

test('the drain period may take all of the time to shut down but the reserve', () => {
  const times = readSettings({ SHUTDOWN_TIMEOUT_MS: '2000', SHUTDOWN_DRAIN_MS: '1500' })

  assert.deepEqual(times, { ...DEFAULTS, timeoutMs: 2000, drainMs: 1500 })
})
