import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { destinationOf, shownUrl } from '../../otel/destination.ts'
import { otelVariables } from '../../otel/variables.ts'
import { type Environment, parseEnvironment } from '../../src/environment.ts'

const to = (env: Environment, signal: 'traces' | 'metrics' | 'logs' = 'traces') =>
  destinationOf(signal, parseEnvironment(otelVariables, env))

const COMMON = 'OTEL_EXPORTER_OTLP_ENDPOINT'
const OWN = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'

suite('telemetry goes where the specification says', () => {
  const urls: [string, Environment, string][] = [
    ['nothing set', {}, 'http://localhost:4318/v1/traces'],
    ['a common endpoint', { [COMMON]: 'http://c:4318' }, 'http://c:4318/v1/traces'],
    ['one with a slash', { [COMMON]: 'http://c:4318/' }, 'http://c:4318/v1/traces'],
    ['one with a path', { [COMMON]: 'https://c/otlp' }, 'https://c/otlp/v1/traces'],
    ['one with a path and a slash', { [COMMON]: 'https://c/otlp/' }, 'https://c/otlp/v1/traces'],
    ['its own endpoint, as it stands', { [OWN]: 'http://t:1/x' }, 'http://t:1/x'],
    ['its own without a path', { [OWN]: 'http://t:1', [COMMON]: 'http://c' }, 'http://t:1'],
    ['gRPC', { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'http://localhost:4317'],
    ['gRPC to', { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', [COMMON]: 'http://c:1' }, 'http://c:1'],
  ]
  for (const [what, env, url] of urls)
    test(`${what}: ${url}`, () => {
      assert.equal(to(env).url, url)
    })

  test('each signal to its own path', () => {
    assert.equal(to({ [COMMON]: 'http://c' }, 'metrics').url, 'http://c/v1/metrics')
    assert.equal(to({ [COMMON]: 'http://c' }, 'logs').url, 'http://c/v1/logs')
  })

  test('by its own protocol and timeout before the common ones', () => {
    const env = {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_TIMEOUT: '700',
      OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: '300',
    }
    const { protocol, timeoutMs } = to(env, 'logs')
    assert.deepEqual({ protocol, timeoutMs }, { protocol: 'grpc', timeoutMs: 300 })
    assert.equal(to(env).protocol, 'http/protobuf')
    assert.equal(to(env).timeoutMs, 700)
    assert.equal(to({}).protocol, 'http/json')
    assert.equal(to({ OTEL_BSP_EXPORT_TIMEOUT: '200' }).timeoutMs, 200)
  })
})

test('an endpoint is shown without its credentials and without its query', () => {
  assert.equal(shownUrl('https://user:secret@c:1/v1/traces?key=secret'), 'https://c:1/v1/traces')
})
