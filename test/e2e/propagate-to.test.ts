import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Env } from './app-process.ts'
import { listen, recordTo, startProxy } from './called-hosts.ts'
import { PSK_SERVER } from './fixtures/psk.ts'
import { observedApp } from './observed-app.ts'

/** One call each; RetryAgent makes two attempts of its. */
const CLIENTS = [
  'fetch',
  'undici fetch',
  'undici request',
  'undici stream',
  'undici pipeline',
  'Client',
  'Pool',
  'Agent',
  'RetryAgent',
  'ProxyAgent',
  'ProxyAgent with a tunnel',
  'ProxyAgent of undici 6',
  'http.get of a text',
  'http.get of a URL',
  'http.request of a URL and options',
  'http.request with host',
  'named get with hostname',
  'http.get under the Host of another',
  'http.get with createConnection',
  'http.get over a unix socket',
  'http.Agent with a proxy',
  'http.get of a proxy',
  'https.get of a text',
  'https.request with hostname',
]
const REDIRECTED = ['fetch', 'redirect interceptor', 'http.request that copies headers']

const TRACE = ['traceparent', 'tracestate', 'baggage', 'b3', 'x-b3-traceid', 'x-b3-spanid']
const IDENTITIES = ['x-correlation-id', ...TRACE]

/** By how telemetry stands, what leaves then, and how many traces are exported of each call. */
const STANDS: Record<string, { env: Env; all: string[]; traces: number }> = {
  'telemetry on': { env: {}, all: IDENTITIES, traces: 1 },
  'nothing sampled': { env: { OTEL_TRACES_SAMPLER: 'always_off' }, all: IDENTITIES, traces: 0 },
  'no trace exported': { env: { OTEL_TRACES_EXPORTER: 'none' }, all: IDENTITIES, traces: 0 },
  'telemetry off': { env: { OTEL_SDK_DISABLED: 'true' }, all: ['x-correlation-id'], traces: 0 },
}

for (const [stands, { env, all, ...exported }] of Object.entries(STANDS)) {
  test(`the identities leave to the host and port of PROPAGATE_TO alone, on every client, ${stands}`, async (t) => {
    const { app, call, near, far, proxy } = await start(t, env)
    for (const client of CLIENTS) {
      const attempts = client === 'RetryAgent' ? 2 : 1
      const scheme = client.startsWith('https') ? 'https' : 'http'
      const asked = await call(client, near[scheme])
      assert.deepEqual(asked.map(identitiesIn), Array(attempts).fill(all), client)
      for (const url of far[scheme]) {
        const asked = await call(client, url)
        assert.deepEqual(asked.map(identitiesIn), Array(attempts).fill([]), `${client} to ${url}`)
      }
    }
    // What opens a tunnel is for the proxy itself, whichever host is behind it.
    assert.ok(proxy.connects.length > 0)
    assert.deepEqual(proxy.connects.flatMap(identitiesIn), [])
    await app.stop()

    const traces = Map.groupBy(app.spans, ({ traceId }) => traceId)
    assert.equal(traces.size, CLIENTS.length * 3 * exported.traces)
    for (const spans of traces.values()) {
      const calls = spans.filter(({ kind }) => kind === 'client')
      const [client] = spans.flatMap(({ attributes }) => attributes['correlation.id'] ?? [])
      assert.equal(calls.length, client === 'RetryAgent' ? 2 : 1, `the spans of ${client}`)
    }
  })

  test(`a redirect takes no identity to another host, and gives it back to the first, ${stands}`, async (t) => {
    const { call, near, far } = await start(t, env)
    for (const client of REDIRECTED) {
      for (const foreign of far.http) {
        const way = [near.http, foreign, near.http]
        const hops = await call(
          client,
          way.reduceRight((then, url) => `${url}?to=${encodeURIComponent(then)}`),
        )
        assert.deepEqual(hops.map(identitiesIn), [all, [], all], `${client} over ${foreign}`)
      }
    }
  })
}

test('what the caller set itself goes where the caller sends it', async (t) => {
  const { call, far } = await start(t)
  for (const client of ['fetch', 'undici request', 'http.get of a text']) {
    const [asked] = await call(client, `${far.http[0]}?`, '&own=mine')
    assert.equal(asked?.['x-correlation-id'], 'mine', client)
    assert.equal(asked?.traceparent, 'mine', client)
  }
})

function identitiesIn(headers: IncomingHttpHeaders): string[] {
  return IDENTITIES.filter((name) => headers[name] !== undefined)
}

/** The fixture, bound to one host and port for each scheme, and what there is to be called. */
async function start(t: TestContext, env: Env = {}) {
  const asked: IncomingHttpHeaders[] = []
  const answer = recordTo(asked)
  const secure = () => createSecureServer(PSK_SERVER, answer)
  const [port, otherPort, securePort, otherSecurePort] = await Promise.all(
    [createServer(answer), createServer(answer), secure(), secure()].map((each) => listen(t, each)),
  )
  const socket = join(tmpdir(), `propagate-to-${process.pid}-${port}.sock`)
  await listen(t, createServer(answer), socket)
  const proxy = await startProxy(t)
  const app = await observedApp(t, {
    entry: 'test/e2e/fixtures/propagate-to.ts',
    env: {
      PROPAGATE_TO: `127.0.0.1:${port},127.0.0.1:${securePort}`,
      OTEL_PROPAGATORS: 'tracecontext,baggage,b3,b3multi',
      ALLOWED: `127.0.0.1:${port}`,
      PROXY: proxy.url,
      SOCKET: socket,
      ...env,
    },
  })
  /** The headers of the requests that one call led to, in order. */
  async function call(client: string, url: string, more = '') {
    const from = asked.length
    const path = `/call/${encodeURIComponent(client)}?url=${encodeURIComponent(url)}${more}`
    const { status, body } = await app.request(path, client.replaceAll(' ', '-'), {
      headers: {
        traceparent: `00-${randomBytes(16).toString('hex')}-b7ad6b7169203331-01`,
        tracestate: 'vendor=seven',
        baggage: 'tenant=seven',
      },
    })
    assert.equal(status, 200, `${client} to ${url}: ${body}`)
    return asked.slice(from)
  }

  return {
    app,
    call,
    proxy,
    near: { http: `http://127.0.0.1:${port}/`, https: `https://127.0.0.1:${securePort}/` },
    far: {
      http: [`http://127.0.0.2:${port}/`, `http://127.0.0.1:${otherPort}/`],
      https: [`https://127.0.0.2:${securePort}/`, `https://127.0.0.1:${otherSecurePort}/`],
    },
  }
}
