import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HrTime, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { logEvents } from '../../../otel/records/log-events.ts'
import { WRITTEN_LATE } from '../../../src/throughline/log/held/held-line.ts'

const START: HrTime = [1_800_000_000, 500]

const TIMES: [string, HrTime, HrTime][] = [
  ['after its span began keeps its time', [1_800_000_001, 0], [1_800_000_001, 0]],
  ['in the same second keeps its time', [1_800_000_000, 501], [1_800_000_000, 501]],
  [
    'before its span began, by another clock, gets the time of its start',
    [1_800_000_000, 0],
    START,
  ],
  ['a second before it, too', [1_799_999_999, 600], START],
]
for (const [what, timestamp, expected] of TIMES) {
  test(`a line that is written late, and was logged ${what}`, () => {
    const exporter = new InMemorySpanExporter()
    const spans = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
    const lines = new LoggerProvider({ processors: [logEvents({})] })
    const span = spans.getTracer('test').startSpan('server', { startTime: START })
    const context = trace.setSpan(ROOT_CONTEXT, span).setValue(WRITTEN_LATE, true)

    lines.getLogger('test').emit({ body: 'held', timestamp, context })
    span.end()

    assert.deepEqual(exporter.getFinishedSpans()[0]?.events[0]?.time, expected)
  })
}
