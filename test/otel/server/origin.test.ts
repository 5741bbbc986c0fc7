import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { test } from 'node:test'
import { TLSSocket } from 'node:tls'
import fc from 'fast-check'
import { originOf } from '../../../otel/server/origin.ts'

type Headers = IncomingMessage['headers']

function asked(headers: Headers, socket = new Socket()) {
  const req = new IncomingMessage(socket)
  Object.assign(req.headers, headers)
  const { scheme, address, port, client } = originOf(req)
  return [scheme, address, port, client]
}

const cases: Record<string, [Headers, ...unknown[]][]> = {
  'the Host header names address and port, an IPv6 address without its brackets': [
    [{ host: 'shop.example' }, 'http', 'shop.example', 80, undefined],
    [{ host: 'shop.example:8080' }, 'http', 'shop.example', 8080, undefined],
    [{ host: '[2001:db8::1]:8080' }, 'http', '2001:db8::1', 8080, undefined],
    [{ host: '[::1]' }, 'http', '::1', 80, undefined],
  ],
  'what is no host is no address, and has no port': [
    [{}, 'http', undefined, undefined, undefined],
    [{ host: '' }, 'http', undefined, undefined, undefined],
    [{ host: 'a b' }, 'http', undefined, undefined, undefined],
    [{ host: 'shop.example:port' }, 'http', undefined, undefined, undefined],
    [{ host: 'shop.example:65536' }, 'http', 'shop.example', 80, undefined],
  ],
  'Forwarded names the scheme, the host with its port and the client of the first proxy': [
    [
      { forwarded: 'for=192.0.2.1;proto=https;host=shop.example, for=10.0.0.1', host: 'in:3000' },
      ...['https', 'shop.example', 443, '192.0.2.1'],
    ],
    [
      { forwarded: 'For="[2001:db8::1]:4711";Host="[2001:db8::2]:8443" ; Proto=HTTPS' },
      ...['https', '2001:db8::2', 8443, '2001:db8::1'],
    ],
    [{ forwarded: 'proto=https', host: 'shop.example' }, 'https', 'shop.example', 443, undefined],
    [{ forwarded: ', by="a;b,\\"c" ;for=192.0.2.1:80' }, 'http', undefined, undefined, '192.0.2.1'],
  ],
  'X-Forwarded-* do the same, where there is no Forwarded or a malformed one': [
    [
      {
        'x-forwarded-for': '192.0.2.1, 10.0.0.1',
        'x-forwarded-proto': 'https, http',
        'x-forwarded-host': 'shop.example, in',
        host: 'in:3000',
      },
      ...['https', 'shop.example', 443, '192.0.2.1'],
    ],
    [
      { forwarded: 'for=x y;proto', 'x-forwarded-proto': 'https', host: 'a' },
      ...['https', 'a', 443, undefined],
    ],
    [{ 'x-forwarded-for': ['2001:db8::1'] }, 'http', undefined, undefined, '2001:db8::1'],
    [{ 'x-forwarded-for': '192.0.2.1:4711' }, 'http', undefined, undefined, '192.0.2.1'],
  ],
  "the port of the client's own url is found, whichever header a proxy tells it by": [
    [
      { 'x-forwarded-proto': 'https', host: 'shop.example' },
      'https',
      'shop.example',
      443,
      undefined,
    ],
    [
      { 'x-forwarded-proto': 'https', 'x-forwarded-port': '8443', host: 'shop.example:3000' },
      ...['https', 'shop.example', 8443, undefined],
    ],
    [
      { 'x-forwarded-host': 'shop.example:8443', 'x-forwarded-port': '443', host: 'in' },
      ...['http', 'shop.example', 8443, undefined],
    ],
  ],
  'the two kinds of headers are not mixed, so that scheme and port agree': [
    [
      { forwarded: 'host=shop.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' },
      ...['http', 'shop.example', 80, undefined],
    ],
  ],
  'what a client makes up is no scheme and no client': [
    [{ 'x-forwarded-proto': 'gopher', host: 'a' }, 'http', 'a', 80, undefined],
    [{ 'x-forwarded-for': 'hunter2' }, 'http', undefined, undefined, undefined],
    [{ forwarded: 'for=_hidden' }, 'http', undefined, undefined, undefined],
    [{ forwarded: 'for=unknown;proto=ftp' }, 'http', undefined, undefined, undefined],
  ],
}

for (const [sentence, requests] of Object.entries(cases)) {
  test(sentence, () => {
    for (const [headers, ...expected] of requests) {
      assert.deepEqual(asked(headers), expected, JSON.stringify(headers))
    }
  })
}

test('a connection with TLS is https, on port 443 where none is named', () => {
  const expected = ['https', 'shop.example', 443, undefined]
  assert.deepEqual(asked({ host: 'shop.example' }, new TLSSocket(new Socket())), expected)
})

test('no header stops it, whatever is in it', () => {
  const value = fc.string({ unit: fc.constantFrom(...'forhstp=;,"\\[]:. 127') })
  fc.assert(
    fc.property(value, value, value, (forwarded, host, client) => {
      asked({ forwarded, host })
      asked({ host, 'x-forwarded-host': forwarded, 'x-forwarded-for': client })
    }),
  )
})
