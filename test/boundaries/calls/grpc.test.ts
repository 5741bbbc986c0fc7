import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js'
import { startGrpcSink } from '../../e2e/grpc-sink.ts'
import { Arrivals, assertOwnIdentities, callFromAll, startCaller, testBoth } from './called.ts'

for (const client of ['unary', 'server stream', 'bidirectional stream']) {
  testBoth(
    `a call over gRPC has the identities of its request, also where it waited for the connection: ${client}`,
    async (t, { traced, env }) => {
      const called = await startCalled(t)
      const app = await startCaller(t, 'grpc.ts', { CALLED_ADDRESS: called.address, ...env })
      await callFromAll(app, client)
      await callFromAll(app, client)
      assert.equal(called.arrivals.all.length, 10)
      await assertOwnIdentities(app, called.arrivals.all, traced)
    },
  )
}

testBoth('what the caller of gRPC set itself is what leaves', async (t, { env }) => {
  const called = await startCalled(t)
  const app = await startCaller(t, 'grpc.ts', { CALLED_ADDRESS: called.address, ...env })
  await callFromAll(app, 'unary with own headers')
  for (const { headers } of called.arrivals.all) {
    assert.equal(headers['x-correlation-id'], 'own')
    assert.equal(headers.traceparent, `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`)
  }
  assert.equal(called.arrivals.all.length, 5)
})

test('what telemetry sends over gRPC has no identities', async (t) => {
  const called = await startCalled(t)
  const sink = await startGrpcSink(t)
  const app = await startCaller(t, 'grpc.ts', {
    CALLED_ADDRESS: called.address,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${sink.port}`,
    OTEL_BSP_SCHEDULE_DELAY: '1',
  })
  await callFromAll(app, 'unary')
  await sink.first()
  await app.stop()
  for (const metadata of sink.received) {
    assert.deepEqual(metadata.get('x-correlation-id'), [])
    assert.deepEqual(metadata.get('traceparent'), [])
  }
})

const bytes = (all: Buffer) => all
const METHOD = {
  requestStream: true,
  responseStream: true,
  requestSerialize: bytes,
  requestDeserialize: bytes,
  responseSerialize: bytes,
  responseDeserialize: bytes,
} as const

/** Answers each call, whatever its kind, with what it was sent: on the wire they are all streams. */
async function startCalled(t: TestContext) {
  const arrivals = new Arrivals()
  const server = new Server()
  const names = ['A', 'B', 'C', 'D', 'E']
  const paths = names.map((name) => [name, { ...METHOD, path: `/test.Echo/${name}` }] as const)
  const echo = (call: ServerDuplexStream<Buffer, Buffer>) => {
    const metadata = Object.entries(call.metadata.getMap())
    arrivals.add(
      call.getPath(),
      Object.fromEntries(metadata.map(([key, value]) => [key, String(value)])),
    )
    call.on('data', (chunk) => call.write(chunk))
    call.on('end', () => call.end())
  }
  server.addService(
    Object.fromEntries(paths),
    Object.fromEntries(names.map((name) => [name, echo])),
  )
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    )
  })
  t.after(() => server.forceShutdown())
  return { address: `127.0.0.1:${port}`, arrivals }
}
