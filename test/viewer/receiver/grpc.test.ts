import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js'
import { createGrpcReceiver } from '../../../viewer/receiver/grpc.ts'
import { Held } from '../../../viewer/receiver/held.ts'
import { Store } from '../../../viewer/store/store.ts'
import { runningViewer } from '../running-viewer.ts'
import { traceIdOf } from '../traffic.ts'
import { bytes, int, request, span, text } from './wire.ts'

const withGrpc = { grpc: { port: 0, needed: true } }
const traceService = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
const same = (all: Buffer) => all

/** Calls with these bytes, and gives the answer's or the failure. */
function clientOf(t: TestContext, grpc: string | undefined) {
  const client = new Client(new URL(grpc ?? '').host, credentials.createInsecure())
  t.after(() => client.close())
  return (body: Buffer, method = traceService) =>
    new Promise<{ error: ServiceError | null; answer: Buffer | undefined }>((resolve) =>
      client.makeUnaryRequest(method, same, same, body, (error, answer) =>
        resolve({ error, answer }),
      ),
    )
}

test('spans by gRPC are kept, and of those that are not the answer says why', async (t) => {
  const { ui, grpc } = await runningViewer(t, withGrpc)
  const call = clientOf(t, grpc)
  assert.deepEqual((await call(request(span(1)))).answer?.length, 0)
  assert.equal((await fetch(`${ui}/api/v3/traces/${traceIdOf(1)}`)).status, 200)
  const odd = await call(request(bytes(2, bytes(1, Buffer.alloc(3)))))
  assert.match(odd.answer?.toString() ?? '', /not 32 hex digits/)
})

test('a broken message is INVALID_ARGUMENT and says where, one that is too long RESOURCE_EXHAUSTED', async (t) => {
  const { grpc } = await runningViewer(t, { ...withGrpc, maxBody: 10_000 })
  const call = clientOf(t, grpc)
  const broken = await call(request(span(1)).subarray(0, 40))
  assert.equal(broken.error?.code, status.INVALID_ARGUMENT)
  assert.match(broken.error?.details ?? '', /^broken protobuf at byte \d+: /)
  const long = await call(request(span(1, bytes(99, Buffer.alloc(20_000)))))
  assert.equal(long.error?.code, status.RESOURCE_EXHAUSTED)
  const other = await call(Buffer.alloc(0), '/shop.Orders/Place')
  assert.equal(other.error?.code, status.UNIMPLEMENTED)
  assert.equal((await call(request(span(1)))).error, null)
})

test('so many calls at once as may hold too much are put off until there is room again', async (t) => {
  const { grpc } = await runningViewer(t, { ...withGrpc, maxBody: 10_000, held: new Held(15_000) })
  const call = clientOf(t, grpc)
  assert.equal((await call(request(span(1)))).error, null)
  const half = connectHttp2(grpc ?? '')
  half.on('error', () => undefined)
  const headers = {
    ':method': 'POST',
    ':path': traceService,
    'content-type': 'application/grpc',
  }
  half
    .request(headers)
    .on('error', () => undefined)
    .write(Buffer.from([0, 0, 0, 1, 0, 10]))
  let { error } = await call(request(span(1)))
  while (error === null) ({ error } = await call(request(span(1))))
  assert.equal(error.code, status.RESOURCE_EXHAUSTED)
  const [details] = error.metadata.get('grpc-status-details-bin')
  const retryInfo = Buffer.concat([
    text(1, 'type.googleapis.com/google.rpc.RetryInfo'),
    bytes(2, bytes(1, int(1, 1))),
  ])
  const whole = [int(1, status.RESOURCE_EXHAUSTED), text(2, error.details), bytes(3, retryInfo)]
  assert.deepEqual(details, Buffer.concat(whole))
  half.destroy()
  while (error !== null) ({ error } = await call(request(span(1))))
})

test('where nothing can be stored it is UNAVAILABLE, which senders try again', async (t) => {
  const store = new Store()
  const { server, drain } = createGrpcReceiver(store)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => {
    server.close()
    drain(0)
    await once(server, 'close')
  })
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const call = clientOf(t, `http://127.0.0.1:${address.port}`)
  store.close()
  const { error } = await call(request(span(1)))
  assert.equal(error?.code, status.UNAVAILABLE)
  assert.match(error?.details ?? '', /^could not store: /)
})

test('what speaks no gRPC loses its connection, and others go on', async (t) => {
  const { grpc } = await runningViewer(t, withGrpc)
  const port = Number(new URL(grpc ?? '').port)
  await assert.rejects(fetch(`${grpc}/v1/traces`, { method: 'POST', body: '{}' }))
  const gone = connect(port, '127.0.0.1')
  await once(gone, 'data')
  gone.resetAndDestroy()
  const session = connectHttp2(grpc ?? '')
  t.after(() => session.destroy())
  const stream = session.request({ ':method': 'POST', ':path': traceService }).end('{}')
  const [{ ':status': answered }] = await once(stream, 'response')
  stream.resume()
  assert.equal(answered, 415)
  const half = connectHttp2(grpc ?? '')
  half.on('error', () => undefined)
  const cut = half.request({
    ':method': 'POST',
    ':path': traceService,
    'content-type': 'application/grpc',
  })
  cut.on('error', () => undefined)
  cut.write(Buffer.from([0, 0, 0, 1, 0, 10]), () => half.destroy())
  await once(cut, 'close')
  assert.equal((await clientOf(t, grpc)(request(span(1)))).error, null)
})

test('connections that nobody ends do not keep the viewer from ending', async (t) => {
  const viewer = await runningViewer(t, withGrpc)
  const call = clientOf(t, viewer.grpc)
  await call(request(span(1)))
  const mute = connect(Number(new URL(viewer.grpc ?? '').port), '127.0.0.1')
  t.after(() => mute.destroy())
  await once(mute, 'data') // the server's settings
  await viewer.close()
})
