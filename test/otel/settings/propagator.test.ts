import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { propagatorOf } from '../../../otel/settings/propagator.ts'
import { otelVariables } from '../../../otel/settings/variables.ts'
import { parseEnvironment } from '../../../src/throughline/settings/environment.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const spanId = 'b7ad6b7169203331'
const W3C = { traceparent: `00-${traceId}-${spanId}-01` }
const BAGGAGE = { baggage: 'tenant=seven' }
const B3 = { b3: `${traceId}-${spanId}-1` }
const B3_MULTI = { 'x-b3-traceid': traceId, 'x-b3-spanid': spanId, 'x-b3-sampled': '1' }

const headers: [string, object][] = [
  ['', { ...W3C, ...BAGGAGE }],
  ['tracecontext', W3C],
  ['baggage', BAGGAGE],
  ['b3', B3],
  ['b3multi', B3_MULTI],
  ['tracecontext,b3', { ...W3C, ...B3 }],
  ['none', {}],
  ['tracecontext,none', {}],
]

for (const [names, expected] of headers)
  test(`OTEL_PROPAGATORS=${names} sends ${Object.keys(expected).join(', ') || 'nothing'}, and takes it back`, () => {
    const env = parseEnvironment(otelVariables, { OTEL_PROPAGATORS: names })
    const propagator = propagatorOf(env)
    const carrier: Record<string, string> = {}
    const sent = trace.setSpanContext(
      propagation.setBaggage(
        ROOT_CONTEXT,
        propagation.createBaggage({ tenant: { value: 'seven' } }),
      ),
      { traceId, spanId, traceFlags: TraceFlags.SAMPLED },
    )

    propagator.inject(sent, carrier, defaultTextMapSetter)
    const taken = propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter)

    assert.deepEqual(carrier, expected)
    const traced = Object.keys(expected).some((name) => name !== 'baggage')
    assert.equal(trace.getSpanContext(taken)?.traceId, traced ? traceId : undefined)
  })
