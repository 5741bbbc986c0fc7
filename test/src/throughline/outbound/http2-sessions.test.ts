import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import {
  type Http2Headers,
  withHttp2Headers,
} from '../../../../src/throughline/outbound/http2-headers.ts'
import { patchHttp2Calls } from '../../../../src/throughline/outbound/http2-sessions.ts'

const undo = patchHttp2Calls((_session, headers, send) =>
  send(withHttp2Headers(headers, { 'x-added': 'added' })),
)

test('node:http2 is not loaded for who has no use for it; loaded later, its first call is patched', async (t) => {
  assert.equal(isHttp2Loaded(), false)
  const { connect, createServer, sensitiveHeaders } = await import('node:http2')
  assert.equal(isHttp2Loaded(), true)
  const received: IncomingHttpHeaders[] = []
  const server = createServer()
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    received.push(headers)
    stream.respond({}, { endStream: true })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const session = connect(`http://127.0.0.1:${portOf(server.address())}`)
  t.after(() => {
    session.destroy()
    server.close()
  })
  const answerTo = async (headers: Http2Headers) => {
    await once(session.request(headers).resume(), 'close')
    return received.at(-1)
  }

  const given = { 'x-own': 'own', 'X-Added': undefined }
  const array = Object.assign(['x-key', 'secret'], { [sensitiveHeaders]: ['x-key'] })
  assert.equal((await answerTo(given))?.['x-added'], 'added')
  assert.equal((await answerTo(undefined))?.['x-added'], 'added')
  const sensitive = await answerTo(array)
  assert.equal(sensitive?.['x-added'], 'added')
  assert.deepEqual(sensitive && Reflect.get(sensitive, sensitiveHeaders), ['x-key'])
  assert.equal((await answerTo({ 'X-Added': 'own' }))?.['x-added'], 'own')
  assert.equal((await answerTo(['X-Added', 'own']))?.['x-added'], 'own')
  assert.deepEqual(given, { 'x-own': 'own', 'X-Added': undefined })
  assert.deepEqual([...array], ['x-key', 'secret'])
  for (const wrong of ['text', null, 7])
    assert.throws(() => Reflect.apply(session.request, session, [wrong]), {
      code: 'ERR_INVALID_ARG_TYPE',
    })

  undo()
  assert.equal((await answerTo(given))?.['x-added'], undefined)
})

function portOf(address: AddressInfo | string | null): number | undefined {
  return typeof address === 'object' ? address?.port : undefined
}

function isHttp2Loaded(): boolean {
  const loaded: unknown = Reflect.get(process, 'moduleLoadList')
  return Array.isArray(loaded) && loaded.includes('NativeModule http2')
}
