import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Env, spawnApp } from './app-process.ts'

type Complaints = Record<string, [value: string, expected: string]>

test('every bad value of telemetry is named in one line, with what is allowed, and nothing starts', async (t) => {
  await refusesAll(t, {
    TRACE_LOG_EVENTS: ['maybe', 'true or false'],
    TRACE_KEEP_ERRORS: ['some', 'true or false'],
    TRACE_KEEP_SLOWER_MS: ['1s', 'a whole number from 0'],
    PROPAGATE_TO: ['api.internal/v1', 'hosts separated by commas, each such as api.shop.internal'],
    OTEL_SDK_DISABLED: ['1', 'true or false'],
    OTEL_TRACES_SAMPLER: ['sometimes', 'one of always_on, always_off'],
    OTEL_TRACES_SAMPLER_ARG: ['2', 'a number from 0 to 1'],
    OTEL_PROPAGATORS: ['pigeon', 'a list of tracecontext, baggage'],
    OTEL_EXPORTER_OTLP_PROTOCOL: ['carrier', 'one of http/json, http/protobuf, grpc'],
    OTEL_TRACES_EXPORTER: ['console', 'a list of otlp, none'],
    OTEL_BSP_SCHEDULE_DELAY: ['soon', 'a whole number from 0'],
    OTEL_CONFIG_FILE: ['otel.yaml', 'it unset'],
  })
})

test('and so is every bad value of the app, once those of telemetry are good', async (t) => {
  await refusesAll(t, {
    PORT: ['eighty', 'a whole number from 0 to 65535'],
    LOG_LEVEL: ['loud', 'one of trace, debug, info, warn, error, fatal, silent'],
    LOG_LEVEL_ON_FAILURE: ['all', 'one of trace, debug, info, warn, error, fatal, silent'],
    TRACE_UI_URL: ['traces', 'an http:// or https:// URL'],
    DOWNSTREAM_URL: ['stock:3000', 'an http:// or https:// URL'],
  })
})

test('hosts that the correlation id cannot leave to stop the start with telemetry off too', async (t) => {
  const line = await refusal(t, { PROPAGATE_TO: 'a.example b.example', OTEL_SDK_DISABLED: 'true' })
  assert.match(line, /^Cannot start: PROPAGATE_TO="a\.example b\.example": expected hosts [^;]*\n$/)
})

async function refusesAll(t: TestContext, complaints: Complaints): Promise<void> {
  const env = Object.fromEntries(Object.entries(complaints).map(([name, [value]]) => [name, value]))
  const line = await refusal(t, env)
  for (const [name, [value, expected]] of Object.entries(complaints)) {
    assert.ok(line.includes(`${name}="${value}": expected ${expected}`), `${name} in ${line}`)
  }
}

test('a bad variable of headers is named without its value, which is a secret', async (t) => {
  const line = await refusal(t, { OTEL_EXPORTER_OTLP_HEADERS: 'authorization: hunter2' })
  assert.match(line, /OTEL_EXPORTER_OTLP_HEADERS=\(not shown\): expected key=value pairs/)
  assert.doesNotMatch(line, /hunter2/)
})

test('the console exporter is refused for every signal: stdout is for log lines', async (t) => {
  const signals = ['TRACES', 'METRICS', 'LOGS'].map((signal) => `OTEL_${signal}_EXPORTER`)
  const line = await refusal(t, Object.fromEntries(signals.map((name) => [name, 'console'])))
  for (const name of signals) assert.ok(line.includes(`${name}="console"`), line)
})

/** The one line that a start with this environment ends in. */
async function refusal(t: TestContext, env: Env): Promise<string> {
  const { code, lines, stderr } = await spawnApp(t, { env }).end()
  assert.equal(code, 1)
  assert.deepEqual(lines, [])
  assert.match(stderr, /^Cannot start: [^\n]*\n$/)
  return stderr
}
