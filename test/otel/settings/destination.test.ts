import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { destinationOf, shownUrl } from '../../../otel/settings/destination.ts'
import { otelVariables } from '../../../otel/settings/variables.ts'
import {
  type Environment,
  parseEnvironment,
} from '../../../src/throughline/settings/environment.ts'

const to = (env: Environment, signal: 'traces' | 'metrics' | 'logs' = 'traces') =>
  destinationOf(signal, parseEnvironment(otelVariables, env))

const COMMON = 'OTEL_EXPORTER_OTLP_ENDPOINT'
const GRPC = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }
const INSECURE = { OTEL_EXPORTER_OTLP_INSECURE: 'true' }
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
    ['gRPC to', { ...GRPC, [COMMON]: 'http://c:1' }, 'http://c:1'],
    ['gRPC to a host and port', { ...GRPC, [COMMON]: 'c:4317' }, 'https://c:4317'],
    ['gRPC to an address', { ...GRPC, [OWN]: ' 10.0.0.1:4317 ' }, 'https://10.0.0.1:4317'],
    ['gRPC without TLS', { ...GRPC, ...INSECURE, [OWN]: '[::1]:4317' }, 'http://[::1]:4317'],
    ['gRPC with TLS all the same', { ...GRPC, ...INSECURE, [OWN]: 'https://c' }, 'https://c'],
    ['gRPC to a socket', { ...GRPC, [OWN]: 'unix:///run/otlp' }, 'unix:///run/otlp'],
    ['one with a query', { [COMMON]: 'http://c/o/?k=v/#x' }, 'http://c/o/v1/traces?k=v/#x'],
    ['its own with a query', { [OWN]: 'http://c/?k=v' }, 'http://c/?k=v'],
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
    assert.equal(to({ OTEL_BSP_EXPORT_TIMEOUT: '0' }).timeoutMs, 10_000)
    assert.equal(to({ ...env, OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: '0' }, 'logs').timeoutMs, 30_000)
  })
})

suite('what the protocol cannot do is refused', () => {
  const cases: [Environment, RegExp][] = [
    [{ [COMMON]: 'c:4317' }, /OTLP_ENDPOINT="c:4317": expected an http:.* host:port is for gRPC/],
    [{ [OWN]: 'c:4317' }, /OTLP_TRACES_ENDPOINT="c:4317": expected an http:/],
    [{ ...GRPC, OTEL_EXPORTER_OTLP_HEADERS: 'a=é' }, /OTLP_HEADERS=\(not shown\).* that gRPC can/],
    [{ ...GRPC, OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'a!=b' }, /_TRACES_HEADERS=\(not shown\)/],
    [{ ...GRPC, OTEL_EXPORTER_OTLP_HEADERS: 'key-bin=b' }, /OTLP_HEADERS=\(not shown\)/],
  ]
  for (const [env, message] of cases)
    test(JSON.stringify(env), () => {
      assert.throws(() => to(env), message)
    })
})

test('an endpoint is shown without its credentials and without its query', () => {
  assert.equal(shownUrl('https://user:secret@c:1/v1/traces?key=secret'), 'https://c:1/v1/traces')
  assert.equal(shownUrl('unix:///run/otlp'), 'unix:///run/otlp')
})
