import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportInProcess, serveAt } from '../export-in-process.ts'

const BATCH = 3

/** What partialSuccess says, and how many of a batch of three are lost. */
const ANSWERS: [string, object, number][] = [
  ['one rejected', { rejectedSpans: 1, errorMessage: 'one too many' }, 1],
  ['one rejected, as protobuf writes an int64 in JSON', { rejectedSpans: '1' }, 1],
  ['more than were sent', { rejectedSpans: 1000, errorMessage: 'all' }, BATCH],
  ['more than a number holds', { rejectedSpans: '9223372036854775807' }, BATCH],
  ['no message at all', { rejectedSpans: 2, errorMessage: null }, 2],
  ['a message that is no text', { rejectedSpans: 2, errorMessage: { text: 'no' } }, 2],
  ['a word for a count', { rejectedSpans: 'abc', errorMessage: 'odd' }, 0],
  ['a null count', { rejectedSpans: null, errorMessage: 'odd' }, 0],
  ['less than none', { rejectedSpans: -5, errorMessage: 'odd' }, 0],
  ['an object for a count', { rejectedSpans: {}, errorMessage: 'odd' }, 0],
  ['a list', ['abc'], 0],
]

for (const [what, partialSuccess, lost] of ANSWERS) {
  test(`a collector that answers ${what} has rejected ${lost} of ${BATCH}`, async (t) => {
    const url = await serveAt(t, (_request, response) => {
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify({ partialSuccess }))
    })
    const { spans, said, sdkMessages } = exportInProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: url })
    const { end, flush, health } = spans()
    for (let n = 0; n < BATCH; n++) end('work')
    await flush()

    assert.deepEqual([health.lost, health.unsent], [lost, 0])
    assert.deepEqual(said(), lost > 0 ? [['telemetry export failing', lost]] : [])
    // What rejects nothing is a warning, which is passed on.
    assert.deepEqual(
      sdkMessages.map(({ msg }) => msg),
      lost > 0 ? [] : ['opentelemetry: Received Partial Success response:'],
    )
  })
}

test('a part of a batch is rejected as a whole at the most', async (t) => {
  let requests = 0
  const url = await serveAt(t, (_request, response) => {
    response.setHeader('Content-Type', 'application/json')
    const rejectedSpans = requests++ === 0 ? 1000 : 0
    response.end(JSON.stringify({ partialSuccess: { rejectedSpans } }))
  })
  const { spans } = exportInProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: url })
  const { end, flush, health } = spans()
  for (let n = 0; n < BATCH; n++) end('work')
  end('bad', { startTime: new Date(Number.NaN) }) // so that the batch goes in parts: two, one, and it alone
  await flush()
  assert.deepEqual([requests, health.lost, health.unsent], [2, 3, 0])
})

test('a rejection in protobuf counts as one in JSON', async (t) => {
  const url = await serveAt(t, (_request, response) => {
    response.setHeader('Content-Type', 'application/x-protobuf')
    response.end(Buffer.from([0x0a, 0x02, 0x08, 0x02])) // partial_success { rejected_spans: 2 }
  })
  const { spans, said, sdkMessages } = exportInProcess(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
  })
  const { end, flush } = spans()
  for (let n = 0; n < BATCH; n++) end('work')
  await flush()
  assert.deepEqual([said(), sdkMessages], [[['telemetry export failing', 2]], []])
})
