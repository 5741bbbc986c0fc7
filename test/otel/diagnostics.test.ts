import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { diag } from '@opentelemetry/api'
import { reportDiagnostics } from '../../otel/diagnostics.ts'
import { exportInProcess, serveAt } from './export-in-process.ts'

const circular: Record<string, unknown> = { name: 'span' }
circular.self = circular

const DETAILS: [string, unknown, RegExp][] = [
  ['circular', circular, /name: 'span'/],
  ['a bigint', { count: 1n }, /count: 1n/],
  ['an error', new Error('what failed'), /what failed/],
  [
    'what throws when it is read',
    {
      get inner() {
        throw new Error('not to be read')
      },
    },
    /inner/,
  ],
  ['what throws when it is written', { toJSON: () => assert.fail() }, /toJSON/],
  [
    'what shows itself, and throws at it',
    { name: 'odd', [inspect.custom]: () => assert.fail() },
    /name: 'odd'/,
  ],
  ['a proxy that is gone', revoked(), /./],
  ['long', 'x'.repeat(20_000), /^x{1000}…$/],
  ['long inside', { body: Buffer.alloc(20_000) }, /^.{1,1001}$/s],
]

for (const [what, detail, shown] of DETAILS) {
  test(`a detail of the SDK's that is ${what} can stand on a line`, (t) => {
    const lines: object[] = []
    reportDiagnostics('warn', (_level, fields) => lines.push(fields))
    t.after(() => diag.disable())

    diag.warn('look', detail)

    const { details } = JSON.parse(JSON.stringify(lines[0]))
    assert.match(details[0], shown)
  })
}

test('spans that a full queue drops are said by export health alone', async (t) => {
  const hanging = await serveAt(t, () => {})
  const { spans, said, sdkMessages } = exportInProcess(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: hanging,
    OTEL_BSP_MAX_QUEUE_SIZE: '1',
  })
  const { end, flush } = spans()
  // One is on its way, one waits, one is dropped; when there is room again the SDK would say so.
  for (let n = 0; n < 3; n++) end('work')
  await flush()
  end('work')

  assert.equal(said()[0]?.[0], 'telemetry export failing')
  assert.deepEqual(sdkMessages, [])
})

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

test('what was flushed once more after its owner ended it is no line', (t) => {
  const lines: object[] = []
  reportDiagnostics('warn', (_level, fields) => lines.push(fields))
  t.after(() => diag.disable())
  diag.warn('invalid attempt to force flush after MeterProvider shutdown')
  assert.deepEqual(lines, [])
})
