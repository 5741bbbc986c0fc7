import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { otelVariables } from '../../../otel/settings/variables.ts'
import {
  type Environment,
  parseEnvironment,
} from '../../../src/throughline/settings/environment.ts'

const read = (env: Environment) => parseEnvironment(otelVariables, env)
/** Where each variable has a use. */
const ALL_USED = {
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'otlp',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_TRACES_SAMPLER: 'traceidratio',
}
const HERE = fileURLToPath(import.meta.url)
const SIGNALS = ['', '_TRACES', '_METRICS', '_LOGS']
const otlp = (what: string) => SIGNALS.map((signal) => `OTEL_EXPORTER_OTLP${signal}_${what}`)

const TIMES = [
  ...otlp('TIMEOUT'),
  'OTEL_BSP_SCHEDULE_DELAY',
  'OTEL_BSP_EXPORT_TIMEOUT',
  'OTEL_BLRP_SCHEDULE_DELAY',
  'OTEL_BLRP_EXPORT_TIMEOUT',
  'OTEL_METRIC_EXPORT_TIMEOUT',
]
const POSITIVE = [
  'OTEL_BSP_MAX_QUEUE_SIZE',
  'OTEL_BLRP_MAX_QUEUE_SIZE',
  'OTEL_METRIC_EXPORT_INTERVAL',
]
const LIMITS = [
  'OTEL_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
  'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
  'OTEL_SPAN_EVENT_COUNT_LIMIT',
  'OTEL_SPAN_LINK_COUNT_LIMIT',
  'OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_LINK_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT',
]

const variables: { names: string[]; good: string[]; bad: string[]; allowed: RegExp }[] = [
  {
    names: ['OTEL_SDK_DISABLED', ...otlp('INSECURE')],
    good: ['true', 'false'],
    bad: ['1', 'yes'],
    allowed: /true or false/,
  },
  {
    names: ['OTEL_CONFIG_FILE', 'OTEL_EXPERIMENTAL_CONFIG_FILE'],
    good: [],
    bad: ['otel.yaml'],
    allowed: /it unset: a configuration file would replace our processors/,
  },
  {
    names: ['OTEL_LOG_LEVEL'],
    good: ['none', 'warn', 'all', 'INFO'],
    bad: ['WARNING', '3'],
    allowed: /one of none, error, warn, info, debug, verbose, all/,
  },
  {
    names: ['OTEL_PROPAGATORS'],
    good: ['none', 'tracecontext,baggage,', 'b3', 'B3Multi'],
    bad: ['jaeger', 'tracecontext;baggage', 'W3C'],
    allowed: /a list of tracecontext, baggage, b3, b3multi, none/,
  },
  {
    names: ['OTEL_TRACES_EXPORTER', 'OTEL_METRICS_EXPORTER', 'OTEL_LOGS_EXPORTER'],
    good: ['otlp', 'none', 'OTLP', 'None,'],
    bad: ['console', 'otlp,console', 'zipkin', 'jaeger', ','],
    allowed: /a list of otlp, none/,
  },
  {
    names: ['OTEL_TRACES_SAMPLER'],
    good: ['always_on', 'always_off', 'TraceIdRatio', 'parentbased_traceidratio', 'ALWAYS_ON'],
    bad: ['ratio', 'jaeger_remote', 'always-on'],
    allowed: /one of always_on, always_off, traceidratio, parentbased_always_on/,
  },
  {
    names: ['OTEL_TRACES_SAMPLER_ARG'],
    good: ['0', '0.1', '1'],
    bad: ['10', '1.1', '-1', '10%', 'all'],
    allowed: /a number from 0 to 1/,
  },
  {
    names: otlp('PROTOCOL'),
    good: ['http/json', 'http/protobuf', 'grpc', 'HTTP/JSON', 'GRPC'],
    bad: ['http', 'json', 'https/json'],
    allowed: /one of http\/json, http\/protobuf, grpc/,
  },
  {
    names: otlp('ENDPOINT'),
    good: ['http://localhost:4318', 'https://user:pass@collector/otlp/'],
    bad: ['localhost:4318', 'grpc://x', '/v1/traces'],
    allowed: /an http:\/\/ or https:\/\/ URL/,
  },
  {
    names: TIMES,
    good: ['0', '1', '10000'],
    bad: ['10s', '-1', '1.5'],
    allowed: /a whole number from 0 to/,
  },
  {
    names: POSITIVE,
    good: ['60000'],
    bad: ['0', '5s', '-1'],
    allowed: /a whole number from 1 to/,
  },
  { names: LIMITS, good: ['0', '128'], bad: ['-1', 'many'], allowed: /a whole number from 0 to/ },
  {
    names: ['OTEL_RESOURCE_ATTRIBUTES'],
    good: ['service.version=1', 'a=1,b=2', 'a=x%20y', 'a=', 'a=1,,b=2,', ' a = x y ', 'a=1=2'],
    bad: ['a', 'a:1', '=1', 'a=%zz', 'a=%ff', '%c3=1', 'a=1,b'],
    allowed: /key=value pairs, percent-encoded, separated by commas/,
  },
  {
    names: otlp('HEADERS'),
    good: ['authorization=Bearer%20x', 'a=1,b=2,', 'Authorization=Basic abc==', 'a="b;c"'],
    bad: ['authorization: Bearer x', 'token', 'a=%', 'a=%ff'],
    allowed: /key=value pairs, percent-encoded, separated by commas/,
  },
  {
    names: otlp('HEADERS'),
    good: [],
    bad: ['"a=b"', 'a b=c', 'a=b%0Ac', 'a=b\nc', 'a=%E2%82%AC', '%0D=1'],
    allowed: /key=value pairs that can be headers/,
  },
  {
    names: ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE'],
    good: ['cumulative', 'Delta', 'LowMemory'],
    bad: ['gauge', 'delta,cumulative'],
    allowed: /one of cumulative, delta, lowmemory/,
  },
  {
    names: otlp('COMPRESSION'),
    good: ['gzip', 'none', 'GZIP'],
    bad: ['zstd', 'true'],
    allowed: /one of gzip, none/,
  },
  {
    names: [...otlp('CERTIFICATE'), ...otlp('CLIENT_KEY'), ...otlp('CLIENT_CERTIFICATE')],
    good: [HERE],
    bad: ['missing.pem'],
    allowed: /the path of a file that can be read/,
  },
]

for (const { names, good, bad, allowed } of variables) {
  for (const name of names) {
    suite(name, () => {
      for (const value of ['', ...good])
        test(`may be ${JSON.stringify(value)}`, () => {
          assert.doesNotThrow(() => read({ ...ALL_USED, [name]: value }))
        })
      for (const value of bad)
        test(`is refused as ${value}, rather than falling back in silence`, () => {
          const shown = name.includes('HEADERS') ? '(not shown)' : JSON.stringify(value)
          assert.throws(
            () => read({ ...ALL_USED, [name]: value }),
            ({ message }: Error) =>
              message.startsWith(`${name}=${shown}: expected `) && allowed.test(message),
          )
        })
    })
  }
}

test('OTEL_SDK_DISABLED=false leaves telemetry on, as does leaving it out', () => {
  assert.equal(read({ OTEL_SDK_DISABLED: 'false' }).OTEL_SDK_DISABLED, false)
  assert.equal(read({}).OTEL_SDK_DISABLED, false)
  assert.equal(read({ OTEL_SDK_DISABLED: 'true' }).OTEL_SDK_DISABLED, true)
})

test('unset, traces are exported and all sampled; metrics and logs are not', () => {
  const { OTEL_TRACES_EXPORTER, OTEL_METRICS_EXPORTER, OTEL_LOGS_EXPORTER, ...rest } = read({})

  assert.deepEqual(
    { OTEL_TRACES_EXPORTER, OTEL_METRICS_EXPORTER, OTEL_LOGS_EXPORTER },
    { OTEL_TRACES_EXPORTER: true, OTEL_METRICS_EXPORTER: false, OTEL_LOGS_EXPORTER: false },
  )
  assert.equal(rest.OTEL_TRACES_SAMPLER, 'parentbased_always_on')
  assert.deepEqual(rest.OTEL_PROPAGATORS, ['tracecontext', 'baggage'])
})

const pairs = [
  ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 'OTEL_BSP_MAX_QUEUE_SIZE'],
  ['OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', 'OTEL_BLRP_MAX_QUEUE_SIZE'],
  ['OTEL_METRIC_EXPORT_TIMEOUT', 'OTEL_METRIC_EXPORT_INTERVAL'],
] as const
for (const [name, most] of pairs)
  test(`${name} may not be above ${most}, and follows it where it is left out`, () => {
    assert.throws(() => read({ ...ALL_USED, [name]: '101', [most]: '100' }), {
      message: `${name}="101": expected at most ${most}`,
    })
    assert.equal(read({ [name]: '100', [most]: '100' })[name], 100)
    assert.equal(read({ [most]: '100' })[name], 100)
  })

test('bad values of telemetry are named together, and no header value is shown', () => {
  const env = {
    OTEL_TRACES_SAMPLER: 'x',
    OTEL_EXPORTER_OTLP_HEADERS: 'secret',
    OTEL_LOG_LEVEL: 'y',
  }
  assert.throws(
    () => read(env),
    ({ message }: Error) =>
      Object.keys(env).every((name) => message.includes(name)) && !message.includes('secret'),
  )
})

test('a timeout of 0 is no limit, whatever else is set, and a delay of 0 is none', () => {
  const variables = read({
    OTEL_EXPORTER_OTLP_TIMEOUT: '0',
    OTEL_METRIC_EXPORT_TIMEOUT: '0',
    OTEL_METRIC_EXPORT_INTERVAL: '1000',
    OTEL_BSP_SCHEDULE_DELAY: '0',
  })
  assert.equal(variables.OTEL_EXPORTER_OTLP_TIMEOUT, 2 ** 31 - 1)
  assert.equal(variables.OTEL_METRIC_EXPORT_TIMEOUT, 2 ** 31 - 1)
  assert.equal(variables.OTEL_BSP_SCHEDULE_DELAY, 0)
})
