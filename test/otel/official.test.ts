// Our server spans beside those of the official instrumentations, for the same requests: each difference is listed
// here with its reason, and there is no other.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { type TestContext, test } from 'node:test'
import type { AttributeValue } from '@opentelemetry/api'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Express, RequestHandler } from 'express'
import { recordMountsOf } from '../../otel/server/express-routes.ts'
import { rawConnection, readToEnd } from '../src/raw-request.ts'
import { collectedSpans } from './collected-spans.ts'
import { serve, tracedServers } from './traced-servers.ts'

interface Sample {
  /** The request line and headers; Host is added where it says so. */
  request: string
  /** Why ours is not as the official one. */
  because?: string
  /** What differs, by attribute (or `name`, `status`): the official value, then ours. */
  differs?: Record<string, [official: unknown, ours: unknown]>
}

const HOST = 'Host: shop.example:3000'
const NO_BRACKETS = 'an IPv6 address is an address without the brackets of its url'
const PROXY = 'scheme, address and port are all what the proxy said'
const ROUTE = 'the pattern of whatever route matched'
const NO_QUERY = 'a query may hold anything'

const CORPUS: Sample[] = [
  { request: `GET / HTTP/1.1\r\n${HOST}` },
  { request: `GET /items/7 HTTP/1.1\r\n${HOST}\r\nUser-Agent: probe/1` },
  { request: `HEAD /items/7 HTTP/1.1\r\n${HOST}` },
  { request: `QUERY /items/7 HTTP/1.1\r\n${HOST}` },
  { request: `OPTIONS /items/7 HTTP/1.1\r\n${HOST}` },
  { request: `POST /any HTTP/1.1\r\n${HOST}\r\nContent-Length: 0` },
  { request: `GET /api/items/7 HTTP/1.1\r\n${HOST}` },
  { request: `GET /tenants/acme/items/7 HTTP/1.1\r\n${HOST}` },
  { request: `GET /n12 HTTP/1.1\r\n${HOST}` },
  { request: `GET /fails HTTP/1.1\r\n${HOST}` },
  { request: `GET /not-found HTTP/1.1\r\n${HOST}` },
  { request: 'GET /items/7 HTTP/1.0' },
  { request: 'GET /items/7 HTTP/1.1\r\nHost: 127.0.0.1' },
  { request: `GET /items/7 HTTP/1.1\r\n${HOST}\r\nX-Forwarded-For: 192.0.2.1, 10.0.0.1` },
  { request: `GET /items/7 HTTP/1.1\r\n${HOST}\r\nForwarded: for="[2001:db8::1]:80";by=x` },
  {
    request: `GET /items/7 HTTP/1.1\r\n${HOST}\r\ntraceparent: 00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
  },
  {
    request: `GET /items/7?token=hunter2 HTTP/1.1\r\n${HOST}`,
    because: NO_QUERY,
    differs: { 'url.query': ['token=hunter2', undefined] },
  },
  {
    request: `GET /?token=hunter2 HTTP/1.1\r\n${HOST}`,
    because: `${ROUTE}; ${NO_QUERY}`,
    differs: {
      name: ['GET', 'GET /'],
      'http.route': [undefined, '/'],
      'url.query': ['token=hunter2', undefined],
    },
  },
  {
    request: `GET /opt/fixed HTTP/1.1\r\n${HOST}`,
    because: ROUTE,
    differs: { name: ['GET', 'GET /opt{/fixed}'], 'http.route': [undefined, '/opt{/fixed}'] },
  },
  {
    request: `GET /b HTTP/1.1\r\n${HOST}`,
    because: ROUTE,
    differs: { name: ['GET /a,/b', 'GET /b'], 'http.route': ['/a,/b', '/b'] },
  },
  {
    request: `GET /mounted/items/7 HTTP/1.1\r\n${HOST}`,
    because: `${ROUTE}, in an app that is mounted as well`,
    differs: {
      name: ['GET /items/:id', 'GET /mounted/items/:id'],
      'http.route': ['/items/:id', '/mounted/items/:id'],
    },
  },
  {
    request: `GET /old HTTP/1.1\r\n${HOST}`,
    because: `${ROUTE}, whatever the client's url was`,
    differs: { name: ['GET', 'GET /new'], 'http.route': [undefined, '/new'] },
  },
  {
    request: `GET /api/not-found HTTP/1.1\r\n${HOST}`,
    because: 'where no route matched there is none, though a router was mounted there',
    differs: { name: ['GET /api', 'GET'], 'http.route': ['/api', undefined] },
  },
  {
    request: `PROPFIND /any HTTP/1.1\r\n${HOST}`,
    because: 'the name of an unknown method is HTTP (Name)',
    differs: { name: ['PROPFIND /any', 'HTTP /any'] },
  },
  {
    request: 'GET /items/7 HTTP/1.1\r\nHost: [::1]:3000',
    because: NO_BRACKETS,
    differs: { 'server.address': ['[::1]', '::1'] },
  },
  {
    request: `GET /items/7 HTTP/1.1\r\n${HOST}\r\nForwarded: host=a.example;proto=https`,
    because: PROXY,
    differs: { 'url.scheme': ['http', 'https'] },
  },
  {
    request: `GET /items/7 HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-Proto: https`,
    because: PROXY,
    differs: { 'url.scheme': ['http', 'https'], 'server.port': [80, 443] },
  },
  {
    request: `GET /items/7 HTTP/1.1\r\n${HOST}\r\nX-Forwarded-Host: a.example`,
    because: `${PROXY}, and the port that goes with the scheme`,
    differs: { 'server.port': [undefined, 80] },
  },
  {
    request: `GET /items/7 HTTP/1.1\r\n${HOST}\r\nX-Forwarded-For: hunter2`,
    because: 'what is no address is not taken from a header',
    differs: { 'client.address': ['hunter2', '127.0.0.1'] },
  },
  {
    request: `GET /items/../any HTTP/1.1\r\n${HOST}`,
    because: 'the path as it was sent, which is what was routed',
    differs: { 'url.path': ['/any', '/items/../any'] },
  },
  {
    request: `GET /destroyed HTTP/1.1\r\n${HOST}`,
    because: 'an answer that never began has no status code, and is a failure (Status)',
    differs: {
      status: [0, 2],
      'http.response.status_code': [200, undefined],
      'error.type': [undefined, 'aborted'],
    },
  },
]

const official = collectedSpans()
const provider = new TracerProvider({ spanProcessors: [official.processor] })
const { MIDDLEWARE, REQUEST_HANDLER, ROUTER } = ExpressLayerType
registerInstrumentations({
  tracerProvider: provider,
  instrumentations: [
    new HttpInstrumentation(),
    new ExpressInstrumentation({ ignoreLayersType: [MIDDLEWARE, REQUEST_HANDLER, ROUTER] }),
  ],
})
const require = createRequire(import.meta.url)
require('node:http')
const express: typeof import('express') = require('express')
recordMountsOf(require('express'))
// Ours is put around the official one: that reads the context, which ours has no part in.
const ours = tracedServers()

for (const { request, because, differs = {} } of CORPUS) {
  const difference =
    because === undefined ? 'as the official one' : `not as the official one: ${because}`
  test(`${JSON.stringify(request)} has a span ${difference}`, async (t) => {
    const [theirs, own] = await spansOf(t, request)
    assert.deepEqual(differencesOf(described(theirs), described(own)), differs)
  })
}

/** The two spans of a request that is sent as these bytes. */
async function spansOf(t: TestContext, request: string): Promise<[ReadableSpan, ReadableSpan]> {
  const { url } = await serve(t, app())
  const before = { official: official.spans.length, ours: ours.spans.length }
  const socket = await rawConnection(url)
  socket.write(`${request}\r\nConnection: close\r\n\r\n`)
  await readToEnd(socket)
  await ours.spansThat(() => true, before.ours + 1)
  const theirs = await official.spanAt(before.official)
  const own = ours.spans[before.ours]
  assert.ok(own)
  return [theirs, own]
}

function app(): Express {
  const app = express()
  const ok: RequestHandler = (_req, res) => {
    res.json('ok')
  }
  const items = express.Router().get('/items/:id', ok)
  app.get('/', ok)
  app.get('/opt{/fixed}', ok)
  app.get(['/a', '/b'], ok)
  app.get(/^\/n(\d+)$/, ok)
  app.all('/any', ok)
  app.get('/fails', (_req, res) => {
    res.status(500).json('failed')
  })
  app.get('/destroyed', (req) => {
    req.socket.destroy()
  })
  app.use((req, _res, next) => {
    if (req.url === '/old') req.url = '/new'
    next()
  })
  app.get('/new', ok)
  app.use(items)
  app.use('/api', items)
  app.use('/tenants/:tenant', items)
  app.use('/mounted', express().use(items))
  return app
}

function described(span: ReadableSpan): Record<string, AttributeValue | undefined> {
  const { name, kind, status, attributes, parentSpanContext } = span
  const parent = parentSpanContext?.spanId
  return { ...attributes, name, kind, parent, status: status.code }
}

function differencesOf(official: object, ours: object): Record<string, [unknown, unknown]> {
  const values = (name: string): [unknown, unknown] => [
    Reflect.get(official, name),
    Reflect.get(ours, name),
  ]
  const names = new Set([...Object.keys(official), ...Object.keys(ours)])
  return Object.fromEntries(
    [...names].map((name) => [name, values(name)] as const).filter(([, [a, b]]) => a !== b),
  )
}
