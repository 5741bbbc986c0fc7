import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api'
import { SamplingDecision } from '@opentelemetry/sdk-trace'
import { samplerOf } from '../../../otel/settings/sampler.ts'
import { otelVariables } from '../../../otel/settings/variables.ts'
import { parseEnvironment } from '../../../src/throughline/settings/environment.ts'

// The SDK's sampler takes the four parts of an id together.
const HIGH = `ffffffff${'0'.repeat(24)}`
const LOW = `${'0'.repeat(31)}1`

/** otel/server/server-spans.ts makes a span's attributes once it is known to be recorded: no sampler may ask for them. */
const unread = new Proxy(
  {},
  {
    get: () => assert.fail('a sampler reads attributes'),
    ownKeys: () => assert.fail('a sampler reads attributes'),
  },
)

/** Whether a trace is sampled: a root with a high id, with a low id, a child of a sampled and of an unsampled one. */
const decisions: [string, string | undefined, boolean[]][] = [
  ['always_on', undefined, [true, true, true, true]],
  ['always_off', undefined, [false, false, false, false]],
  ['traceidratio', '0.5', [false, true, false, false]],
  ['parentbased_always_on', undefined, [true, true, true, false]],
  ['parentbased_always_off', undefined, [false, false, true, false]],
  ['parentbased_traceidratio', '0.5', [false, true, true, false]],
  ['parentbased_traceidratio', '0', [false, false, true, false]],
  ['parentbased_traceidratio', undefined, [true, true, true, false]],
]

for (const [name, arg, expected] of decisions)
  test(`${name} of ${arg ?? 'no ratio'} samples what its name says`, () => {
    const env = { OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: arg }
    const sampler = samplerOf(parseEnvironment(otelVariables, env))
    const samples = (traceId: string, parent = ROOT_CONTEXT) =>
      sampler.shouldSample(parent, traceId, 'GET', SpanKind.SERVER, unread, []).decision ===
      SamplingDecision.RECORD_AND_SAMPLED
    const child = (traceFlags: TraceFlags) =>
      samples(
        HIGH,
        trace.setSpanContext(ROOT_CONTEXT, {
          traceId: HIGH,
          spanId: '1'.repeat(16),
          traceFlags,
          isRemote: true,
        }),
      )

    assert.deepEqual(
      [samples(HIGH), samples(LOW), child(TraceFlags.SAMPLED), child(TraceFlags.NONE)],
      expected,
    )
  })
