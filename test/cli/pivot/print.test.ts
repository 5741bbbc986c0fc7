import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printText } from '../../../cli/pivot/print.ts'
import type { Found } from '../../../cli/pivot/report.ts'
import { groupByTrace } from '../../../cli/trace/trace.ts'
import { readSpan } from '../read-span.ts'
import { Recorder } from '../recorder.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'

test('a trace of 150,000 spans is drawn to its end', async () => {
  const root = readSpan({ traceId, name: 'root', spanId: '1'.repeat(16) })
  const children = Array.from({ length: 150_000 }, (_, n) =>
    readSpan({
      traceId,
      name: `child ${n}`,
      spanId: (n + 2).toString(16).padStart(16, '0'),
      parentSpanId: root.spanId,
    }),
  )
  const traces = groupByTrace([root, ...children])
  const backend: Found['backend'] = {
    trace: async () => undefined,
    search: async () => [],
    logLines: async () => [],
    linksTo: async () => [],
    services: async () => [],
  }
  const gathered = { traces, linked: [], asked: new Set<string>(), leftOut: 0, trouble: undefined }
  const output = new Recorder(false, 100)
  const canvas = { width: 100, paint: (_style: unknown, text: string) => text }
  await printText(
    { ...gathered, backend, ui: 'http://ui', identity: { traceId }, byTrace: true },
    output,
    canvas,
  )
  assert.equal(output.text.match(/ child \d+ /g)?.length, 150_000)
})
