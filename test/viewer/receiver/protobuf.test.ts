import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { z } from 'zod'
import { BodyError } from '../../../viewer/http/body.ts'
import { field } from '../../../viewer/receiver/field.ts'
import { message } from '../../../viewer/receiver/message.ts'
import { logsRequest, traceRequest } from '../../../viewer/receiver/otlp-request.ts'
import { readMessage } from '../../../viewer/receiver/protobuf.ts'
import { text as string, uint32 } from '../../../viewer/receiver/scalars.ts'
import { runningViewer } from '../running-viewer.ts'
import { traceIdOf } from '../traffic.ts'
import { bytes, int, request, span, tag, text } from './wire.ts'

const post = (url: string, body: Buffer, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', ...headers },
    body: new Uint8Array(body),
  })
/** A Status is a code and a message, and a partial success a count and a message: fields 1 and 2. */
function numberAndText(sent: Buffer): [number, string] {
  const both = z.object({ number: z.number(), text: z.string() })
  const layout = message({ number: field(1, uint32), text: field(2, string) })
  const { number, text: words } = both.parse(readMessage(sent, layout))
  assert.deepEqual(sent, Buffer.concat([int(1, number), text(2, words)]))
  return [number, words]
}
const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

test('protobuf is answered in protobuf: with nothing where all was kept, else with what was not', async (t) => {
  const { otlp, ui } = await runningViewer(t)
  const all = await post(`${otlp}/v1/traces`, request(span(1)))
  assert.deepEqual(
    [all.status, all.headers.get('content-type'), (await bodyOf(all)).length],
    [200, 'application/x-protobuf', 0],
  )
  const odd = Buffer.concat([span(2), bytes(2, bytes(1, Buffer.alloc(3)))])
  const some = await post(`${otlp}/v1/traces`, request(odd))
  assert.equal(some.status, 200)
  const answer = await bodyOf(some)
  const partialSuccess = answer.subarray(answer.length < 130 ? 2 : 3)
  assert.deepEqual(answer, bytes(1, partialSuccess))
  const [rejected, reason] = numberAndText(partialSuccess)
  assert.equal(rejected, 1)
  assert.match(reason, /not 32 hex digits/)
  const { result } = await (await fetch(`${ui}/api/v3/traces/${traceIdOf(1)}`)).json()
  assert.equal(result.resourceSpans.length, 1)
  assert.equal((await fetch(`${ui}/api/v3/traces/${traceIdOf(2)}`)).status, 200)
})

test('a failure is a Status, in protobuf for what came in protobuf', async (t) => {
  const { otlp } = await runningViewer(t, { maxBody: 10_000 })
  for (const [status, text, body, headers] of [
    [400, 'broken protobuf at byte 40: premature EOF', request(span(1)).subarray(0, 40), {}],
    [413, 'too large', gzipSync(Buffer.alloc(20_000)), { 'content-encoding': 'gzip' }],
    [415, 'unsupported content encoding', request(span(1)), { 'content-encoding': 'x' }],
    [400, 'incorrect header check', request(span(1)), { 'content-encoding': 'gzip' }],
  ] as const) {
    const response = await post(`${otlp}/v1/traces`, body, headers)
    assert.equal(response.headers.get('content-type'), 'application/x-protobuf')
    const [code, message] = numberAndText(await bodyOf(response))
    assert.deepEqual([response.status, code], [status, 3], message)
    assert.match(message, new RegExp(text))
  }
})

test('what is neither JSON nor protobuf is a 415 that names both', async (t) => {
  const { otlp } = await runningViewer(t)
  for (const type of ['text/plain', 'application/grpc', 'nonsense']) {
    const response = await post(`${otlp}/v1/traces`, request(span(1)), { 'content-type': type })
    assert.equal(response.status, 415)
    const { message } = await response.json()
    assert.equal(
      message,
      `the viewer takes OTLP as application/json or application/x-protobuf, not ${type}`,
    )
  }
})

test('a request that ends anywhere before its end is broken, and says where', () => {
  const whole = request(span(1, text(3, 'a=b'), int(6, 2), bytes(15, int(3, 2))))
  assert.doesNotThrow(() => readMessage(whole, traceRequest))
  for (let length = 1; length < whole.length; length += 1)
    assert.throws(
      () => readMessage(whole.subarray(0, length), traceRequest),
      (error) =>
        error instanceof BodyError &&
        error.status === 400 &&
        /^broken protobuf at byte \d+: /.test(error.message),
      `${length} bytes`,
    )
})

test('a value may not be longer than the message that it is in, whatever comes after', () => {
  const name = text(5, 'GET /work')
  const inner = bytes(2, name.subarray(0, -1))
  const scopes = bytes(2, Buffer.concat([inner, text(3, 'a schema')]))
  assert.throws(
    () => readMessage(bytes(1, scopes), traceRequest),
    /broken protobuf at byte \d+: a value goes past its message/,
  )
})

test('a number may not go on past its message, or past ten bytes', () => {
  const unended = bytes(2, Buffer.concat([tag(6, 0), Buffer.from([128])]))
  assert.throws(() => readMessage(request(unended, span(1)), traceRequest), /broken protobuf/)
  const long = request(span(1, tag(6, 0), Buffer.alloc(11, 255)))
  assert.throws(() => readMessage(long, traceRequest), /invalid varint/)
  const value = Buffer.concat([tag(3, 0), Buffer.alloc(11, 255)])
  const attribute = bytes(9, bytes(2, value))
  assert.throws(() => readMessage(request(span(1, attribute)), traceRequest), /invalid varint/)
})

test('fields that nobody knows are skipped, of any wire type, and so are known ones of a wrong one', () => {
  const unknown = [
    int(99, 2 ** 40),
    Buffer.concat([tag(99, 1), Buffer.alloc(8, 255)]),
    text(99, 'new'),
    Buffer.concat([tag(99, 3), int(1, 7), tag(2, 3), text(1, 'x'), tag(2, 4), tag(99, 4)]),
    Buffer.concat([tag(99, 5), Buffer.alloc(4, 255)]),
    int(1, 5),
    Buffer.concat([tag(7, 5), Buffer.alloc(4, 255)]),
  ]
  const plain = readMessage(request(span(1)), traceRequest)
  for (const [at, field] of unknown.entries())
    assert.deepEqual(readMessage(request(span(1, field)), traceRequest), plain, String(at))
})

test('whatever bytes come, they are read or a BodyError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), (noise, at) => {
      const bytes = request(span(1, Buffer.from(noise)))
      const cut = at % bytes.length
      for (const body of [Buffer.from(noise), bytes, Buffer.concat([bytes.subarray(cut), bytes])])
        for (const type of [traceRequest, logsRequest])
          try {
            readMessage(body, type)
          } catch (error) {
            assert.ok(error instanceof BodyError, String(error))
          }
    }),
    { numRuns: 2000 },
  )
})

test('values in lists within lists as deep as one likes overflow no stack', () => {
  let value = text(1, 'deep')
  // Lengths are written from within: 20,000 levels, each longer than the one within it.
  for (let level = 0; level < 20_000; level += 1) value = bytes(5, bytes(1, value))
  const attribute = bytes(9, Buffer.concat([text(1, 'key'), bytes(2, value)]))
  const read = JSON.stringify(readMessage(request(span(1, attribute)), traceRequest))
  assert.match(read, /"arrayValue":{"values":\[{"arrayValue"/)
  assert.doesNotMatch(read, /deep/)
})

test('numbers come out as protobuf means them', () => {
  const attribute = (value: Buffer) => bytes(9, Buffer.concat([text(1, 'n'), bytes(2, value)]))
  const double = (value: number) => {
    const eight = Buffer.alloc(8)
    eight.writeDoubleLE(value)
    return Buffer.concat([tag(4, 1), eight])
  }
  const negative = (field: number) =>
    Buffer.concat([tag(field, 0), Buffer.alloc(9, 255), Buffer.from([1])])
  for (const [value, expected] of [
    [int(3, 2 ** 31), { intValue: '2147483648' }],
    [negative(3), { intValue: '-1' }],
    [
      Buffer.concat([tag(3, 0), Buffer.alloc(8, 255), Buffer.from([127])]),
      { intValue: '9223372036854775807' },
    ],
    [int(2, 0), { boolValue: false }],
    [int(2, 2 ** 40), { boolValue: true }],
    [double(-0.5), { doubleValue: -0.5 }],
    [double(Number.NaN), { doubleValue: 'NaN' }],
    [bytes(7, Buffer.from([0, 127, 255])), { bytesValue: 'AH//' }],
    [Buffer.alloc(0), {}],
  ] as const) {
    const read = JSON.stringify(readMessage(request(span(1, attribute(value))), traceRequest))
    assert.ok(read.includes(`"attributes":[{"key":"n","value":${JSON.stringify(expected)}}]`), read)
  }
  const kind = JSON.stringify(readMessage(request(span(1, negative(6))), traceRequest))
  assert.match(kind, /"kind":-1/)
})
