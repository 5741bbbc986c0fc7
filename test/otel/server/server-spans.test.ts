// Each rule's section is one of https://opentelemetry.io/docs/specs/semconv/http/http-spans/.
import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { IncomingMessage, type RequestListener, Server, ServerResponse } from 'node:http'
import { request as secureRequest } from 'node:https'
import { Socket } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import express, { type Express } from 'express'
import { areServersTraced } from '../../../otel/server/server-spans.ts'
import { PSK_CLIENT } from '../../e2e/fixtures/psk.ts'
import { rawConnection, rawRequest } from '../../src/raw-request.ts'
import { serve, tracedServers } from '../traced-servers.ts'

let unseen = 0
const { spans, spansThat, durations } = tracedServers({ onUnseenExpress: () => unseen++ })

const at = (path: string) => (span: ReadableSpan) => span.attributes['url.path'] === path
const ok: RequestListener = (_req, res) => res.end('ok')

/** The span of a request for `path` that is sent as these bytes. */
async function spanOf(t: TestContext, path: string, bytes: string, listener = ok) {
  const { url } = await serve(t, listener)
  await rawRequest(url, `${bytes}\r\nConnection: close\r\n\r\n`)
  const [span] = await spansThat(at(path))
  return span
}

test('a request is a server span with all that the conventions want of it (HTTP server span)', async (t) => {
  const { url, port } = await serve(t, ok)
  await (
    await fetch(`${url}/whole?secret=hunter2`, { headers: { 'user-agent': 'probe/1' } })
  ).text()
  const [span] = await spansThat(at('/whole'))

  assert.equal(span?.name, 'GET')
  assert.equal(span.kind, SpanKind.SERVER)
  assert.deepEqual(span.status, { code: SpanStatusCode.UNSET })
  const { 'network.peer.port': peerPort, ...attributes } = span.attributes
  assert.ok(typeof peerPort === 'number' && peerPort > 0)
  assert.deepEqual(attributes, {
    'http.request.method': 'GET',
    'http.response.status_code': 200,
    'url.path': '/whole',
    'url.scheme': 'http',
    'server.address': '127.0.0.1',
    'server.port': port,
    'client.address': '127.0.0.1',
    'network.peer.address': '127.0.0.1',
    'network.protocol.version': '1.1',
    'user_agent.original': 'probe/1',
  })
})

test('a request over TLS is https, on the port that was asked for', async (t) => {
  const { port } = await serve(t, ok, { secure: true })
  const options = { ...PSK_CLIENT, host: '127.0.0.1', port, path: '/tls', agent: false }
  const [response] = await once(secureRequest(options).end(), 'response')
  response.resume()
  const [span] = await spansThat(at('/tls'))
  assert.equal(span?.attributes['url.scheme'], 'https')
  assert.equal(span.attributes['server.port'], port)
})

test('a method that is not known is _OTHER, its span HTTP, and the original stands beside it (Name)', async (t) => {
  const app = express().all('/dav/:file', ok)
  const span = await spanOf(t, '/dav/a', 'PROPFIND /dav/a HTTP/1.1\r\nHost: x', app)
  assert.equal(span?.name, 'HTTP /dav/:file')
  assert.equal(span.attributes['http.request.method'], '_OTHER')
  assert.equal(span.attributes['http.request.method_original'], 'PROPFIND')
})

test('each known method stands for itself, and has no original', async (t) => {
  const { url } = await serve(t, ok)
  const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE']
  for (const method of methods) {
    await rawRequest(url, `${method} /${method} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    const [span] = await spansThat(at(`/${method}`))
    assert.equal(span?.name, method)
    assert.equal(span.attributes['http.request.method'], method)
    assert.equal('http.request.method_original' in span.attributes, false)
  }
})

test('url.path is the path alone, of a target in absolute form too', async (t) => {
  const absolute = 'GET http://user:hunter2@shop.example/absolute?q HTTP/1.1\r\nHost: x'
  assert.ok(await spanOf(t, '/absolute', absolute))
  assert.ok(await spanOf(t, '*', 'OPTIONS * HTTP/1.1\r\nHost: x'))
  assert.doesNotMatch(JSON.stringify(spans.map(({ attributes }) => attributes)), /hunter2/)
})

test('HTTP/1.0 is said to be that, and a request without Host to no address', async (t) => {
  const span = await spanOf(t, '/old', 'GET /old HTTP/1.0')
  assert.equal(span?.attributes['network.protocol.version'], '1.0')
  assert.equal('server.address' in span.attributes || 'server.port' in span.attributes, false)
})

test("a proxy's word goes for scheme, address, port and client together, not for the peer", async (t) => {
  const forwarded = 'Forwarded: for=192.0.2.1;proto=https;host=shop.example'
  const span = await spanOf(t, '/proxied', `GET /proxied HTTP/1.1\r\nHost: in:3000\r\n${forwarded}`)
  assert.equal(span?.attributes['url.scheme'], 'https')
  assert.equal(span.attributes['server.address'], 'shop.example')
  assert.equal(span.attributes['server.port'], 443)
  assert.equal(span.attributes['client.address'], '192.0.2.1')
  assert.equal(span.attributes['network.peer.address'], '127.0.0.1')
})

test('from 500 on the status is ERROR, without a description, and error.type the code; below it is unset (Status)', async (t) => {
  const statuses = [200, 302, 404, 499, 500, 503, 600]
  const { url } = await serve(t, (req, res) => res.writeHead(Number(req.url?.slice(1))).end())
  const found: unknown[] = []
  for (const status of statuses) {
    await fetch(`${url}/${status}`, { redirect: 'manual' })
    const [span] = await spansThat(at(`/${status}`))
    found.push([span?.status, span?.attributes['error.type']])
  }
  const fine = [{ code: SpanStatusCode.UNSET }, undefined]
  const failed = (type: string) => [{ code: SpanStatusCode.ERROR }, type]
  assert.deepEqual(found, [fine, fine, fine, fine, failed('500'), failed('503'), failed('600')])
})

test('what the app says about its failure stays: its description, and one exception', async (t) => {
  const { url } = await serve(t, (_req, res) => {
    const span = trace.getActiveSpan()
    span?.recordException(new Error('no paper'))
    span?.setStatus({ code: SpanStatusCode.ERROR, message: 'no paper' })
    res.writeHead(500).end()
  })
  await fetch(`${url}/said`)
  const [span] = await spansThat(at('/said'))
  assert.deepEqual(span?.status, { code: SpanStatusCode.ERROR, message: 'no paper' })
  assert.equal(span.events.length, 1)
})

test('a request whose client left before its answer began has no status code, nor has its duration', async (t) => {
  const { url, server } = await serve(t, () => {})
  const asked = once(server, 'request')
  const socket = await rawConnection(url)
  socket.write('PATCH /left HTTP/1.1\r\nHost: x\r\n\r\n')
  await asked
  socket.destroy()
  const [span] = await spansThat(at('/left'))
  assert.equal('http.response.status_code' in (span?.attributes ?? {}), false)
  assert.equal(span?.attributes['error.type'], 'aborted')
  assert.deepEqual(span.status, { code: SpanStatusCode.ERROR })
  assert.deepEqual(span.events, [])

  const measured = (await durations()).map(({ attributes }) => attributes)
  const its = measured.filter((attributes) => attributes['error.type'] === 'aborted')
  assert.deepEqual(its, [
    {
      'http.request.method': 'PATCH',
      'url.scheme': 'http',
      'network.protocol.version': '1.1',
      'error.type': 'aborted',
    },
  ])
})

test('an answer that was cut in the middle has its code, and failed all the same', async (t) => {
  const { url } = await serve(t, (_req, res) => res.writeHead(201).write('half of it'))
  const socket = await rawConnection(url)
  socket.write('GET /cut HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'data')
  socket.destroy()
  const [span] = await spansThat(at('/cut'))
  assert.equal(span?.attributes['http.response.status_code'], 201)
  assert.equal(span.attributes['error.type'], 'aborted')
  assert.equal(span.status.code, SpanStatusCode.ERROR)
})

test('a client that leaves in the middle of a stream is no error of ours', async (t) => {
  let ended: Promise<unknown> | undefined
  const { url } = await serve(t, (_req, res) => {
    const endless = new Readable({ read: () => setImmediate(() => endless.push('x')) })
    ended = new Promise((resolve) => pipeline(endless, res, resolve))
  })
  const socket = await rawConnection(url)
  socket.write('GET /streamed HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'data')
  socket.destroy()
  const [span] = await spansThat(at('/streamed'))
  await ended
  assert.equal(span?.attributes['error.type'], 'aborted')
  assert.deepEqual(span.events, [])
})

test('an answer that the app destroys with an error tells it: its class, and the stack', async (t) => {
  const { url } = await serve(t, (_req, res) => {
    res.writeHead(200).write('half')
    res.destroy(new TypeError('the disk is gone'))
  })
  await assert.rejects(fetch(`${url}/destroyed`).then((answer) => answer.text()))
  const [span] = await spansThat(at('/destroyed'))
  assert.equal(span?.attributes['error.type'], 'TypeError')
  assert.deepEqual(span.status, { code: SpanStatusCode.ERROR, message: 'the disk is gone' })
  assert.match(String(span.events[0]?.attributes?.['exception.stacktrace']), /the disk is gone/)
})

test('what a listener throws is on the span, and still thrown', async (t) => {
  const { server } = await serve(t, () => {
    throw new RangeError('too much')
  })
  const req = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/thrown' })
  const res = new ServerResponse(req)
  assert.throws(() => server.emit('request', req, res), /too much/)
  res.destroy()
  const [span] = await spansThat(at('/thrown'))
  assert.equal(span?.attributes['error.type'], 'RangeError')
  assert.equal(span.status.message, 'too much')
  assert.equal(span.events.length, 1)
})

test('http.route is in the name, and its span is current in every handler', async (t) => {
  const seen: unknown[] = []
  const app: Express = express().get('/items/:id', (_req, res) => {
    seen.push(trace.getActiveSpan()?.spanContext().spanId)
    setImmediate(() => {
      seen.push(trace.getActiveSpan()?.spanContext().spanId)
      res.json('ok')
    })
  })
  const { url } = await serve(t, app)
  await (await fetch(`${url}/items/7`)).text()
  const [span] = await spansThat(at('/items/7'))
  assert.equal(span?.name, 'GET /items/:id')
  assert.equal(span.attributes['http.route'], '/items/:id')
  assert.deepEqual(seen, [span.spanContext().spanId, span.spanContext().spanId])
})

test("its parent is whom the client names, in the propagators' headers", async (t) => {
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const headers = [
    `traceparent: 00-${traceId}-b7ad6b7169203331-01`,
    `X-B3-TraceId: ${traceId}\r\nX-B3-SpanId: b7ad6b7169203331\r\nX-B3-Sampled: 1`,
  ]
  for (const [i, header] of headers.entries()) {
    const span = await spanOf(t, `/child${i}`, `GET /child${i} HTTP/1.1\r\nHost: x\r\n${header}`)
    assert.equal(span?.spanContext().traceId, traceId)
    assert.equal(span.parentSpanContext?.spanId, 'b7ad6b7169203331')
  }
})

test('a health check makes no span, nor does what it starts', async (t) => {
  const { url } = await serve(t, (_req, res) => {
    trace.getTracer('test').startSpan('within').end()
    res.end()
  })
  await fetch(`${url}/livez`)
  await fetch(`${url}/after`)
  await spansThat(at('/after'))
  assert.equal(spans.some(at('/livez')), false)
  assert.equal(spans.filter(({ name }) => name === 'within').length, 1)
})

test('a request that one server hands on to another has one span', async (t) => {
  const second = await serve(t, ok)
  const first = await serve(t, (req, res) => second.server.emit('request', req, res))
  await (await fetch(`${first.url}/handed-on`)).text()
  await (await fetch(`${first.url}/next`)).text()
  await spansThat(at('/next'))
  assert.equal(spans.filter(at('/handed-on')).length, 1)
})

test('an upgrade is no request, and has no span', async (t) => {
  const { url, server } = await serve(t, ok)
  server.on('upgrade', (_req, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
  await rawRequest(
    url,
    'GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n',
  )
  await (await fetch(`${url}/talked`)).text()
  await spansThat(at('/talked'))
  assert.equal(spans.some(at('/chat')), false)
})

test("a duration has the span's low attributes, in seconds, and the buckets of the conventions", async (t) => {
  const app = express().put('/measured/:id', (_req, res) => {
    res.status(503).end()
  })
  await spanOf(t, '/measured/7', 'PUT /measured/7 HTTP/1.1\r\nHost: x', app)
  const [measured] = (await durations()).filter(
    ({ attributes }) => attributes['http.route'] === '/measured/:id',
  )
  assert.deepEqual(measured?.attributes, {
    'http.request.method': 'PUT',
    'http.route': '/measured/:id',
    'http.response.status_code': 503,
    'error.type': '503',
    'url.scheme': 'http',
    'network.protocol.version': '1.1',
  })
  const [span] = await spansThat(at('/measured/7'))
  const [seconds = 0, nanoseconds = 0] = span?.duration ?? []
  const { sum = 0, count, buckets } = measured.value
  assert.equal(count, 1)
  assert.ok(sum > 0 && sum <= seconds + nanoseconds / 1e9 + 1)
  assert.deepEqual(
    buckets.boundaries,
    [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  )
})

test('an Express that no hook saw is told of when it listens and, behind a listener, at a request', async (t) => {
  const before = unseen
  await serve(t, express())
  assert.equal(unseen, before + 1)
  const hidden = express().use('/api', express.Router().get('/items', ok))
  const { url } = await serve(t, (req, res) => hidden(req, res))
  assert.equal(unseen, before + 1)
  await (await fetch(`${url}/api/items`)).text()
  const [span] = await spansThat(at('/api/items'))
  assert.equal(unseen, before + 2)
  // A part of the route would be a wrong one.
  assert.equal(span?.name, 'GET')
  assert.equal('http.route' in span.attributes, false)
})

test('servers are traced where another wraps their emit, and are not where it takes its place', () => {
  const { emit } = Server.prototype
  const wrapper: Server['emit'] = function (this: Server, ...args: unknown[]) {
    return Reflect.apply(emit, this, args)
  }
  assert.ok(areServersTraced())
  try {
    Server.prototype.emit = wrapper
    assert.ok(areServersTraced())
    Server.prototype.emit = EventEmitter.prototype.emit
    assert.equal(areServersTraced(), false)
  } finally {
    Server.prototype.emit = emit
  }
})
