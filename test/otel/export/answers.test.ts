import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http2'
import { test } from 'node:test'
import { z } from 'zod'
import { startJaeger, withoutJaeger } from '../../jaeger/start-jaeger.ts'
import { exportInProcess, serveAt } from '../export-in-process.ts'

type Answer = (response: ServerResponse) => void
const answer =
  (status: number, type?: string, body?: string | Buffer, more = {}): Answer =>
  (response) => {
    if (type !== undefined) response.setHeader('Content-Type', type)
    response.writeHead(status, more).end(body)
  }

const page = `<!doctype html>${'<p>Jaeger UI</p>'.repeat(2000)}`
const partialSuccess = Buffer.from([0x0a, 0x02, 0x12, 0x00]) // in protobuf, with an empty message

const NOT_TAKEN: [string, Answer, RegExp][] = [
  ['a page', answer(200, 'text/html; charset=utf-8', page), /^answered 200 with text\/html.*4318$/],
  ['a page that says it is JSON', answer(200, 'application/json', page), /^answered 200 with appl/],
  ['a page of no type', answer(200, undefined, page), /^answered 200 with a body of no type/],
  ['JSON that is no response', answer(200, 'application/json', '"ok"'), /^answered 200 with appl/],
  ['plain text', answer(202, 'text/plain', 'hello'), /^answered 202 with text\/plain/],
  [
    'a redirect to a login page',
    answer(302, 'text/html', page, { Location: 'https://login.example/in?next=secret' }),
    /^answered 302, moved to https:\/\/login\.example\/in$/,
  ],
  ['a missing path', answer(404, 'text/html', page), /^answered 404 Not Found$/],
]

for (const protocol of ['http/json', 'http/protobuf']) {
  for (const [what, answers, reason] of NOT_TAKEN) {
    test(`what is answered with ${what} is lost, and said once (${protocol})`, async (t) => {
      const url = await serveAt(t, (_request, response) => answers(response))
      const { spans, said, lines, sdkMessages } = exportInProcess(t, {
        OTEL_EXPORTER_OTLP_ENDPOINT: url,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      })
      const { end, flush, health } = spans()
      for (let batch = 0; batch < 3; batch++) {
        end('one')
        end('two')
        await flush()
      }

      assert.deepEqual(said(), [['telemetry export failing', 2]])
      assert.match(String(lines[0]?.reason), reason)
      assert.equal(health.lost, 6)
      assert.deepEqual(sdkMessages, [])
    })
  }
}

const TAKEN: [string, Answer][] = [
  ['nothing', answer(200)],
  ['nothing, of a type of its own', answer(200, 'text/plain')],
  ['204', answer(204)],
  ['an empty response', answer(200, 'application/json', '{}')],
  ['a response of no type', answer(200, undefined, '{"partialSuccess":{}}')],
  ['a field of a later version', answer(200, 'application/json; charset=utf-8', '{"new":1}')],
  ['the other encoding', answer(200, 'application/x-protobuf', partialSuccess)],
  ['the other encoding of no type', answer(200, undefined, partialSuccess)],
]

for (const [what, answers] of TAKEN) {
  test(`what is answered with ${what} has arrived`, async (t) => {
    const url = await serveAt(t, (_request, response) => answers(response))
    const { spans, lines, sdkMessages } = exportInProcess(t, { OTEL_EXPORTER_OTLP_ENDPOINT: url })
    const { end, flush, health } = spans()
    end('one')
    await flush()
    assert.deepEqual([lines, sdkMessages, health.lost, health.unsent], [[], [], 0, 0])
  })
}

test('a gRPC receiver that is asked over HTTP is told apart', async (t) => {
  const grpc = createServer().listen(0, '127.0.0.1')
  await once(grpc, 'listening')
  t.after(() => grpc.close())
  const { port } = z.object({ port: z.number() }).parse(grpc.address())
  const { spans, said, lines } = exportInProcess(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  })
  const { end, flush } = spans()
  for (let batch = 0; batch < 3; batch++) {
    end('one')
    await flush()
  }
  assert.deepEqual(said(), [['telemetry export failing', 1]])
  assert.match(String(lines[0]?.reason), /OTEL_EXPORTER_OTLP_PROTOCOL=grpc$/)
})

test('the UI port of a real Jaeger takes no spans', { skip: withoutJaeger() }, async (t) => {
  const { ui } = await startJaeger(t)
  const { spans, said, lines, sdkMessages } = exportInProcess(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: ui,
  })
  const { end, flush } = spans()
  for (let batch = 0; batch < 3; batch++) {
    end('one')
    await flush()
  }
  assert.deepEqual(said(), [['telemetry export failing', 1]])
  assert.match(String(lines[0]?.reason), /^answered 200 with text\/html/)
  assert.deepEqual(sdkMessages, [])
})
