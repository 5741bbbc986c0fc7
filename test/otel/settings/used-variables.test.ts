import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { otelVariables } from '../../../otel/settings/variables.ts'
import {
  type Environment,
  parseEnvironment,
} from '../../../src/throughline/settings/environment.ts'

const read = (env: Environment) => parseEnvironment(otelVariables, env)
const NOTHING = { OTEL_TRACES_EXPORTER: 'none' }
const METRICS = { OTEL_METRICS_EXPORTER: 'OTLP' }
const LOGS = { OTEL_LOGS_EXPORTER: 'otlp' }

suite('a bad value stops the start only where something reads it', () => {
  const cases: [name: string, bad: string, unusedBeside: Environment, usedBeside: Environment][] = [
    ['OTEL_TRACES_SAMPLER_ARG', '10%', {}, { OTEL_TRACES_SAMPLER: 'traceidratio' }],
    [
      'OTEL_TRACES_SAMPLER_ARG',
      'x',
      { OTEL_TRACES_SAMPLER: 'Always_On ' },
      { OTEL_TRACES_SAMPLER: 'y' },
    ],
    ['OTEL_TRACES_SAMPLER', 'x', NOTHING, {}],
    ['OTEL_BSP_SCHEDULE_DELAY', 'x', { OTEL_TRACES_EXPORTER: 'none,otlp' }, {}],
    ['OTEL_SPAN_EVENT_COUNT_LIMIT', 'x', NOTHING, {}],
    ['TRACE_LOG_EVENTS', 'x', NOTHING, {}],
    ['TRACE_KEEP_SLOWER_MS', 'x', NOTHING, {}],
    ['OTEL_METRIC_EXPORT_INTERVAL', 'x', {}, METRICS],
    ['OTEL_BLRP_MAX_QUEUE_SIZE', 'x', {}, LOGS],
    ['OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT', 'x', {}, LOGS],
    ['OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT', 'x', NOTHING, { TRACE_LOG_EVENTS: 'true' }],
    ['OTEL_ATTRIBUTE_COUNT_LIMIT', 'x', NOTHING, {}],
    ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'x', NOTHING, {}],
    ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'x:y', {}, METRICS],
    ['OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE', 'missing.pem', {}, LOGS],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'x', NOTHING, { OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'a=b' }],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'x:y', NOTHING, {}],
  ]
  for (const [name, bad, unusedBeside, usedBeside] of cases)
    test(`${name} beside ${JSON.stringify(unusedBeside)}, and beside ${JSON.stringify(usedBeside)}`, () => {
      assert.doesNotThrow(() => read({ ...unusedBeside, [name]: bad }))
      assert.throws(() => read({ ...usedBeside, [name]: bad }), new RegExp(`${name}=`))
    })

  const overridden = [
    ['PROTOCOL', 'x', 'grpc'],
    ['ENDPOINT', 'x:y', 'http://c'],
    ['TIMEOUT', 'x', '1'],
    ['COMPRESSION', 'x', 'gzip'],
    ['INSECURE', 'x', 'true'],
    ['CERTIFICATE', 'missing.pem', import.meta.filename],
    ['CLIENT_CERTIFICATE', 'missing.pem', import.meta.filename],
    ['CLIENT_KEY', 'missing.pem', import.meta.filename],
  ] as const
  for (const [what, bad, good] of overridden)
    test(`the common ${what}, where each exported signal has its own`, () => {
      const env = {
        [`OTEL_EXPORTER_OTLP_${what}`]: bad,
        [`OTEL_EXPORTER_OTLP_TRACES_${what}`]: good,
      }
      assert.doesNotThrow(() => read(env))
      assert.throws(() => read({ ...env, ...LOGS }), new RegExp(`OTEL_EXPORTER_OTLP_${what}=`))
    })
})

test('OTEL_SDK_DISABLED=true starts beside whatever else is bad', () => {
  const bad = {
    OTEL_TRACES_SAMPLER: 'x',
    OTEL_LOG_LEVEL: 'x',
    OTEL_PROPAGATORS: 'x',
    OTEL_CONFIG_FILE: 'x',
    OTEL_TRACES_EXPORTER: 'console',
    OTEL_RESOURCE_ATTRIBUTES: 'x',
    OTEL_EXPORTER_OTLP_HEADERS: 'x',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '9999',
    TRACE_LOG_EVENTS: 'x',
  }
  assert.equal(read({ ...bad, OTEL_SDK_DISABLED: ' True' }).OTEL_SDK_DISABLED, true)
  assert.throws(() => read({ ...bad, OTEL_SDK_DISABLED: 'false' }))
})

test('what has a use is named, however much beside it has none', () => {
  const env = { OTEL_METRIC_EXPORT_INTERVAL: 'x', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '9999' }
  assert.throws(() => read(env), {
    message: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE="9999": expected at most OTEL_BSP_MAX_QUEUE_SIZE',
  })
})
