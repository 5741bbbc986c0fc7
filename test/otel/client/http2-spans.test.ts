import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  type ClientHttp2Session,
  connect,
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'
import { beforeEach, type TestContext, test } from 'node:test'
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { suppressTracing } from '@opentelemetry/core'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { z } from 'zod'
import { traceHttp2 } from '../../../otel/client/http2-spans.ts'
import { KNOWN_METHODS } from '../../../otel/server/server-attributes.ts'

const { spans, reset } = traced()
traceHttp2({ knownMethods: KNOWN_METHODS })
beforeEach(reset)

test('the span of a call says where it went and what came of it, by the semantic conventions', async (t) => {
  const { session, port } = await start(t)
  await close(session, { ':path': '/items/7?token=hunter2#part', ':method': 'DELETE' })
  const [span] = spans()
  assert.equal(span?.name, 'DELETE')
  assert.equal(span.kind, SpanKind.CLIENT)
  assert.equal(span.status.code, SpanStatusCode.UNSET)
  assert.deepEqual(span.attributes, {
    'http.request.method': 'DELETE',
    'server.address': '127.0.0.1',
    'server.port': port,
    'url.full': `http://127.0.0.1:${port}/items/7`,
    'network.protocol.version': '2',
    'http.response.status_code': 200,
    'network.peer.address': '127.0.0.1',
    'network.peer.port': port,
  })
})

test('it goes by the authority that the caller gives, and a method nobody knows is _OTHER', async (t) => {
  const { session } = await start(t)
  await close(session, { ':authority': 'u:hunter2@[::1]:8443', ':method': 'BREW' })
  const [span] = spans()
  assert.equal(span?.name, 'HTTP')
  assert.equal(span.attributes['http.request.method'], '_OTHER')
  assert.equal(span.attributes['http.request.method_original'], 'BREW')
  assert.equal(span.attributes['server.address'], '::1')
  assert.equal(span.attributes['server.port'], 8443)
  assert.equal(span.attributes['url.full'], 'http://[::1]:8443/')
})

const FAILURES = { '/404': '404', '/503': '503', '/reset': 'INTERNAL_ERROR' }

for (const [path, errorType] of Object.entries(FAILURES)) {
  test(`a call that fails has a span that says so: ${errorType}`, async (t) => {
    const { session } = await start(t)
    await close(session, { ':path': path })
    const [span] = spans()
    assert.equal(span?.status.code, SpanStatusCode.ERROR)
    assert.equal(span.attributes['error.type'], errorType)
  })
}

test('a call that its caller gives up is an error of its span', async (t) => {
  const { session } = await start(t)
  const call = session.request({ ':path': '/hangs' })
  await once(call, 'response')
  call.close(8)
  await once(call, 'close')
  const [span] = spans()
  assert.equal(span?.status.code, SpanStatusCode.ERROR)
  assert.equal(span.attributes['error.type'], 'CANCEL')
})

test('a call that finds nobody, and one that Node refuses, end their spans with the error', async () => {
  const session = connect('http://127.0.0.1:1')
  session.on('error', () => {})
  assert.throws(() => session.request({ ':nonsense': '1' }), {
    code: 'ERR_HTTP2_INVALID_PSEUDOHEADER',
  })
  const call = session.request()
  call.on('error', () => {})
  await new Promise((resolve) => call.once('close', resolve))
  assert.deepEqual(
    spans().map(({ status, attributes }) => [status.code, attributes['error.type']]),
    [
      [SpanStatusCode.ERROR, 'ERR_HTTP2_INVALID_PSEUDOHEADER'],
      [SpanStatusCode.ERROR, 'ERR_HTTP2_STREAM_CANCEL'],
    ],
  )
})

test('an error that the caller does not listen to is still his', async (t) => {
  const { session } = await start(t)
  const call = session.request()
  assert.equal(call.listenerCount('error'), 0)
  await once(call.resume(), 'close')
})

test('what telemetry sends itself has no span', async (t) => {
  const { session } = await start(t)
  await context.with(suppressTracing(context.active()), () => close(session))
  assert.deepEqual(spans(), [])
})

/** A real SDK in this process, whose ended spans stay in memory. */
function traced() {
  const exporter = new InMemorySpanExporter()
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
  )
  return { spans: () => exporter.getFinishedSpans(), reset: () => exporter.reset() }
}

/** A session with a server, whose paths say how it answers. */
async function start(t: TestContext) {
  const server = createServer()
  server.on('stream', (stream: ServerHttp2Stream, { ':path': path = '' }: IncomingHttpHeaders) => {
    stream.on('error', () => {})
    if (path === '/reset') return stream.close(2)
    stream.respond({ ':status': Number(/^\/(\d+)$/.exec(path)?.[1] ?? 200) })
    if (path !== '/hangs') stream.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const session = connect(`http://127.0.0.1:${port}`)
  t.after(() => {
    session.destroy()
    server.close()
  })
  return { session, port }
}

/** Resolves when a call is over, whatever has come of it. */
async function close(session: ClientHttp2Session, headers?: OutgoingHttpHeaders): Promise<void> {
  const call = session.request(headers).resume()
  call.on('error', () => {})
  await new Promise((resolve) => call.once('close', resolve))
}
