import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appEnvironment, tracesGoElsewhere } from '../../../cli/run/app-environment.ts'

const viewer = {
  ui: 'http://127.0.0.1:16686',
  otlp: 'http://127.0.0.1:4318',
  keepsLogs: true,
  remarks: [],
  close: async () => {},
}

test('the app sends traces and lines to the viewer, at once', () => {
  assert.deepEqual(appEnvironment({ PORT: '4321', HOST: '127.0.0.1' }, viewer), {
    PORT: '4321',
    HOST: '127.0.0.1',
    SHUTDOWN_DRAIN_MS: '0',
    OTEL_BSP_SCHEDULE_DELAY: '200',
    TRACE_UI_URL: 'http://127.0.0.1:16686',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_BLRP_SCHEDULE_DELAY: '200',
  })
})

test('what the caller set stays, and empty counts as unset', () => {
  const env = { OTEL_LOGS_EXPORTER: 'none', SHUTDOWN_DRAIN_MS: '50', OTEL_BSP_SCHEDULE_DELAY: ' ' }
  const result = appEnvironment(env, viewer)
  assert.equal(result.OTEL_LOGS_EXPORTER, 'none')
  assert.equal(result.SHUTDOWN_DRAIN_MS, '50')
  assert.equal(result.OTEL_BSP_SCHEDULE_DELAY, '200')
})

test('for a backend without logs the lines go onto spans', () => {
  const result = appEnvironment({}, { ...viewer, keepsLogs: false })
  assert.equal(result.TRACE_LOG_EVENTS, 'true')
  assert.equal(result.OTEL_LOGS_EXPORTER, undefined)
})

test('an endpoint or a protocol of their own says where traces go', () => {
  assert.equal(tracesGoElsewhere({ TRACE_UI_URL: 'http://localhost:16686' }), undefined)
  assert.equal(tracesGoElsewhere({ OTEL_EXPORTER_OTLP_ENDPOINT: '' }), undefined)
  const protocol = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }
  assert.equal(tracesGoElsewhere(protocol), 'OTEL_EXPORTER_OTLP_PROTOCOL')
})
