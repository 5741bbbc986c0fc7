import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadEnvironment } from '../../../../src/throughline/settings/bad-environment.ts'
import {
  levelOnFailureOf,
  propagateToOf,
  readSettings,
} from '../../../../src/throughline/settings/settings.ts'

const DEFAULTS = {
  traceUiUrl: undefined,
  timeoutMs: 10_000,
  drainMs: 1000,
  propagateTo: undefined,
}

test('an empty environment gives the defaults, whatever PORT and LOG_LEVEL mean to the app', () => {
  assert.deepEqual(readSettings({}), DEFAULTS)
  assert.deepEqual(readSettings({ PORT: '/run/app.sock', LOG_LEVEL: 'verbose' }), DEFAULTS)
})

test('every setting does what it says', () => {
  const { propagateTo, ...settings } = readSettings({
    PROPAGATE_TO: '*.shop.internal',
    TRACE_UI_URL: 'https://jaeger.example/ui//',
    SHUTDOWN_TIMEOUT_MS: '1500',
    SHUTDOWN_DRAIN_MS: '0',
  })

  assert.deepEqual(settings, {
    traceUiUrl: 'https://jaeger.example/ui',
    timeoutMs: 1500,
    drainMs: 0,
  })
  assert.equal(propagateTo?.({ host: 'api.shop.internal', port: 80 }), true)
  assert.equal(propagateTo?.({ host: 'api.example', port: 80 }), false)
})

test('the drain period may take all of the time to shut down but the reserve', () => {
  const times = readSettings({ SHUTDOWN_TIMEOUT_MS: '2000', SHUTDOWN_DRAIN_MS: '1500' })

  assert.deepEqual(times, { ...DEFAULTS, timeoutMs: 2000, drainMs: 1500 })
})

test('whoever asks for the hosts alone gets them, and no word on other settings; a bad list is not every host', () => {
  assert.equal(propagateToOf({ PROPAGATE_TO: '', SHUTDOWN_DRAIN_MS: 'soon' }), undefined)
  const hosts = propagateToOf({ PROPAGATE_TO: 'localhost', SHUTDOWN_DRAIN_MS: 'soon' })
  assert.equal(hosts?.({ host: 'localhost', port: 80 }), true)
  assert.throws(() => propagateToOf({ PROPAGATE_TO: 'http://localhost' }), BadEnvironment)
})

test('whoever asks for the level of failed requests alone gets it, in lower case; none where it is no level', () => {
  assert.equal(
    levelOnFailureOf({ LOG_LEVEL_ON_FAILURE: ' Debug ', SHUTDOWN_DRAIN_MS: 'soon' }),
    'debug',
  )
  for (const none of [undefined, '', 'loud']) {
    assert.equal(levelOnFailureOf({ LOG_LEVEL_ON_FAILURE: none }), undefined)
  }
})
