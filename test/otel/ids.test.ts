import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSpanContextValid } from '@opentelemetry/api'
import { blocksOfIds } from '../../otel/ids.ts'

test('ids are valid, and none comes twice', () => {
  const { generateTraceId, generateSpanId } = blocksOfIds()
  const seen = new Set<string>()
  for (let n = 0; n < 10_000; n++) {
    const [traceId, spanId] = [generateTraceId(), generateSpanId()]
    assert.ok(isSpanContextValid({ traceId, spanId, traceFlags: 1 }), `${traceId} ${spanId}`)
    seen.add(traceId).add(spanId)
  }
  assert.equal(seen.size, 20_000)
})

test('children, which take a span id alone, leave no block half used', () => {
  const { generateTraceId, generateSpanId } = blocksOfIds()
  for (let n = 0; n < 1000; n++) {
    assert.match(n % 3 === 0 ? generateTraceId() : generateSpanId(), /^([\da-f]{32}|[\da-f]{16})$/)
  }
})
