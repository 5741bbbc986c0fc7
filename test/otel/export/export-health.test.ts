import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { ExportHealth } from '../../../otel/export/export-health.ts'
import { getCorrelationId, runWithContext } from '../../../src/throughline/identity/context.ts'

const ABOUT = { signal: 'traces', endpoint: 'http://localhost:4318/v1/traces' }

suite('an outage of the collector', () => {
  test('is one line however many batches it takes, and one when it is over', () => {
    const { health, lines } = healthInMemory()

    health.accept(50)
    for (let batch = 0; batch < 4; batch++) health.fail(10, 'connect ECONNREFUSED')
    health.deliver(10)
    health.deliver(0)

    assert.deepEqual(lines, [
      ['warn', 'telemetry export failing', { reason: 'connect ECONNREFUSED', spansLost: 10 }],
      ['info', 'telemetry export recovered', { spansLost: 40 }],
    ])
  })

  test('is said again when it comes again, with all that was lost so far', () => {
    const { health, lines } = healthInMemory()

    health.fail(1, 'first')
    health.deliver(1)
    health.fail(2, 'second')

    assert.deepEqual(lines[2], [
      'warn',
      'telemetry export failing',
      { reason: 'second', spansLost: 3 },
    ])
  })

  test('goes on while batches arrive and spans are dropped between or during them', () => {
    const { health, lines } = healthInMemory()

    for (let batch = 0; batch < 100; batch++) {
      health.lose(5, 'queue full')
      health.deliver(10)
    }
    assert.equal(lines.length, 1)

    health.deliver(10)
    assert.deepEqual(lines[1], ['info', 'telemetry export recovered', { spansLost: 500 }])
  })

  test('that lasts to the end is said once more there, with what was never sent counted in', () => {
    const { health, lines } = healthInMemory()

    health.accept(30)
    health.fail(10, 'connect ECONNREFUSED')
    health.beginEnd()
    health.fail(10, 'connect ECONNREFUSED')
    health.end()

    assert.deepEqual(
      lines.map(([, message, fields]) => [message, fields]),
      [
        ['telemetry export failing', { reason: 'connect ECONNREFUSED', spansLost: 10 }],
        ['telemetry export failing', { reason: 'connect ECONNREFUSED', spansLost: 30 }],
      ],
    )
  })

  test('that nobody saw before the end is one line, and says what was lost', () => {
    const { health, lines } = healthInMemory()

    health.accept(3)
    health.beginEnd()
    health.end()

    assert.deepEqual(lines, [
      ['warn', 'telemetry export failing', { reason: 'not sent before the end', spansLost: 3 }],
    ])
  })
})

test('when all has arrived, the end says nothing', () => {
  const { health, lines } = healthInMemory()

  health.accept(3)
  health.beginEnd()
  health.deliver(3)
  health.end()

  assert.deepEqual(lines, [])
})

test('a line about the export is not about the request that happened to be current', () => {
  const seen: unknown[] = []
  const health = new ExportHealth(ABOUT, 'spansLost', () => seen.push(getCorrelationId()))

  runWithContext({ correlationId: 'abc-123', startedAt: 0 }, () => {
    health.fail(1, 'connect ECONNREFUSED')
    health.deliver(1)
    health.lose(1, 'queue full')
    health.end()
  })

  assert.deepEqual(seen, [undefined, undefined, undefined, undefined])
})

function healthInMemory() {
  const lines: [string, string, object][] = []
  const health = new ExportHealth(ABOUT, 'spansLost', (level, fields, message) => {
    const { signal, endpoint, ...rest }: Record<string, unknown> = { ...fields }
    assert.deepEqual({ signal, endpoint }, ABOUT)
    lines.push([level, message, rest])
  })
  return { health, lines }
}
