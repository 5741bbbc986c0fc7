import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Misuse } from '../../../cli/command/command-error.ts'
import { homePorts } from '../../../cli/run/home-ports.ts'

const DEFAULTS = { 'ui-port': '16686', 'otlp-port': '4318' }

test('gRPC has the port that senders know, and any free one where OTLP over HTTP has', () => {
  assert.deepEqual(homePorts(DEFAULTS), {
    uiPort: 16686,
    otlpPort: 4318,
    grpc: { port: 4317, needed: false },
  })
  const anyFree = homePorts({ ...DEFAULTS, 'otlp-port': '0' })
  assert.deepEqual(anyFree.grpc, { port: 0, needed: false })
})

test('a port for gRPC that is asked for is needed', () => {
  const { grpc } = homePorts({ ...DEFAULTS, 'grpc-port': '4317' })
  assert.deepEqual(grpc, { port: 4317, needed: true })
})

test('what is no port is misuse, by the name of its option', () => {
  for (const option of ['ui-port', 'otlp-port', 'grpc-port']) {
    for (const value of ['x', '', '65536']) {
      assert.throws(
        () => homePorts({ ...DEFAULTS, [option]: value }),
        (error) => error instanceof Misuse && error.message.startsWith(`--${option}=${value}: `),
      )
    }
  }
})
