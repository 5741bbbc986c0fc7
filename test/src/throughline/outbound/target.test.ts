import assert from 'node:assert/strict'
import { Agent, type ClientRequest, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { type TestContext, test } from 'node:test'
import {
  targetOfOptions,
  targetOfRequest,
  targetOfUndici,
} from '../../../../src/throughline/outbound/target.ts'

test('a call over undici goes to its origin, or to what its path says, which is a proxy to send it on', () => {
  const target = { host: 'a.example', port: 8080 }
  assert.deepEqual(targetOfUndici({ origin: 'http://a.example:8080', path: '/' }), target)
  assert.deepEqual(targetOfUndici({ origin: new URL('http://a.example:8080'), path: '/' }), target)
  const proxied = { origin: 'http://proxy.example', path: 'HTTP://u@a.example:8080/?http://b' }
  assert.deepEqual(targetOfUndici(proxied), target)
  const other = { origin: 'http://a.example:8080', path: '/http://b.example/' }
  assert.deepEqual(targetOfUndici(other), target)
})

test('a call whose origin is none goes to no host', () => {
  for (const origin of [undefined, null, '', 'a.example', 7]) {
    const { host, port } = targetOfUndici({ origin, path: '/' })
    assert.deepEqual([host, port], ['', undefined])
  }
})

test('what names no port means that of its scheme', () => {
  assert.equal(targetOfUndici({ origin: 'https://a.example', path: '/' }).port, 443)
  assert.equal(targetOfUndici({ origin: 'http://a.example', path: '/' }).port, 80)
  assert.equal(targetOfOptions({ protocol: 'https:', hostname: 'a.example' }).port, 443)
  assert.equal(targetOfOptions({ hostname: 'a.example' }).port, 80)
  assert.equal(targetOfOptions({ hostname: 'a.example', defaultPort: 81 }).port, 81)
})

/** Forms of one call, to `a.example:8080` but for what they say. */
const FORMS: Record<string, { options: object; host?: string; port?: number }> = {
  host: { options: { host: 'a.example', port: 8080 } },
  'hostname before host': { options: { hostname: 'a.example', host: 'b.example', port: '8080' } },
  'no host': { options: { port: 8080 }, host: 'localhost' },
  'no port': { options: { host: 'a.example' }, port: 80 },
  'an IPv6 address': { options: { host: '::1', port: 8080 }, host: '::1' },
  'a unix socket': { options: { socketPath: '/nowhere', port: 8080 }, host: 'localhost' },
  'the Host of another': {
    options: { host: 'a.example', port: 8080, headers: { host: 'b.example:80' } },
  },
  'its own Host and another port': {
    options: { host: 'a.example', port: 8080, headers: { host: 'a.example:80' } },
  },
  'no Host': { options: { host: 'a.example', port: 8080, setHost: false } },
  'a path for a proxy': {
    options: { host: 'proxy.example', port: 3128, path: 'http://a.example:8080/x' },
  },
  'a tunnel': {
    options: { host: 'a.example', port: 8080, method: 'CONNECT', path: 'b.example:443' },
  },
}

for (const [form, { options, host = 'a.example', port = 8080 }] of Object.entries(FORMS)) {
  test(`a call over node:http goes to its host and port, before it is made and after: ${form}`, (t) => {
    assert.deepEqual(targetOfOptions(options), { host, port })
    assert.deepEqual(targetOfRequest(callWith(t, options)), { host, port })
  })
}

test('and so does one over node:https', (t) => {
  const call = secureRequest({ host: 'a.example', agent: false, lookup: nowhere })
  t.after(() => call.destroy())
  call.on('error', () => {})
  assert.deepEqual(targetOfRequest(call), { host: 'a.example', port: 443 })
})

test('a Node that keeps no authority with the request has its port from the Host header of its host, or not at all', (t) => {
  const ported = { host: 'A.example', port: 8080 }
  const of = (options: object) => targetOfRequest(asOlderNodeMakesIt(callWith(t, options)))
  assert.equal(of(ported).port, 8080)
  assert.equal(of({ host: 'a.example' }).port, 80)
  assert.equal(of({ ...ported, host: '::1' }).port, 8080)
  assert.equal(of({ ...ported, headers: { host: 'b.example:8080' } }).port, undefined)
  assert.equal(of({ ...ported, setHost: false }).port, undefined)
})

/** A call that finds nobody and is never sent. */
function callWith(t: TestContext, options: object): ClientRequest {
  const agent = new Agent()
  const call = request({ agent, lookup: nowhere, ...options })
  call.on('error', () => {})
  t.after(() => call.destroy())
  return call
}

const nowhere: LookupFunction = (_host, _options, done) => done(new Error('nowhere'), [])

function asOlderNodeMakesIt(call: ClientRequest): ClientRequest {
  const symbols = Object.getOwnPropertySymbols(call)
  const authority = symbols.find(({ description }) => description === 'kAuthority')
  if (authority !== undefined) Reflect.deleteProperty(call, authority)
  return call
}
