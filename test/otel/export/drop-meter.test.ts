import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dropMeter } from '../../../otel/export/drop-meter.ts'

test('only what a full queue dropped counts as dropped, all of it, and no other instrument is in the way', () => {
  let dropped = 0
  const meter = dropMeter((count) => {
    dropped += count
  }).getMeter('processor')

  const processed = meter.createCounter('otel.sdk.processor.span.processed')
  processed.add(512)
  processed.add(7, { 'error.type': 'timeout' })
  processed.add(3, { 'error.type': 'queue_full' })
  meter.createUpDownCounter('otel.sdk.processor.span.queue.size').add(5)
  meter.createObservableGauge('otel.sdk.processor.span.queue.capacity').addCallback(() => {})

  assert.equal(dropped, 3)
})
