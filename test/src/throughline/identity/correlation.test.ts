import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import express, { type RequestHandler, Router } from 'express'
import fc from 'fast-check'
import type { Logger } from 'pino'
import { getCorrelationId } from '../../../../src/throughline/identity/context.ts'
import { correlation } from '../../../../src/throughline/identity/correlation.ts'
import { requestLog } from '../../../../src/throughline/log/request-log.ts'
import { copyProject } from '../../../cli/project-copy.ts'
import { rawRequest } from '../../raw-request.ts'
import { startApp } from '../../start-app.ts'
import { traceInProcess } from '../../trace-in-process.ts'

const NAME = 'x-correlation-id'
const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
const CHARACTERS = 'ABCXYZabcxyz0189._:/+=@-'

const kept = ['a', 'abc-123', '6f1c:2/3+4=5@x.y_z-0', 'x'.repeat(128)]
for (const id of kept) {
  test(`an id that another service chose is kept: ${id.slice(0, 24)}, ${id.length} long`, async (t) => {
    const { url, lines, waitForLine } = await startApp(t)

    const answer = await fetch(`${url}/echo`, { headers: { 'x-correlation-id': id } })

    assert.equal(answer.headers.get('x-correlation-id'), id)
    assert.equal((await waitForLine('request completed')).correlationId, id)
    assert.equal(lines.length, 1)
  })
}

suite('an id that nobody can search for is replaced, and one line says why', () => {
  const refused = [
    ['blank', ['']],
    ['longer than 128 characters', ['x'.repeat(129)]],
    ['a character other than A-Z a-z 0-9 . _ : / + = @ -', ['with a space']],
    ['a character other than A-Z a-z 0-9 . _ : / + = @ -', ['{"level":60}']],
    ['a character other than A-Z a-z 0-9 . _ : / + = @ -', ['a\tb']],
    ['a character other than A-Z a-z 0-9 . _ : / + = @ -', ['caf\xe9']],
    ['a character other than A-Z a-z 0-9 . _ : / + = @ -', ['one,two']],
    ['sent more than once', ['one', 'two']],
    ['sent more than once', ['same', 'same']],
    ['sent more than once', ['', 'two']],
  ] as const
  for (const [reason, sent] of refused) {
    test(`${reason}: ${JSON.stringify(sent).slice(0, 40)}`, async (t) => {
      const { url, lines, waitForLine } = await startApp(t)

      const answer = await getWithIds(url, sent)

      const id = correlationIdOf(answer)
      assert.match(id, UUID_V4)
      await waitForLine('request completed')
      const [line, ...more] = lines.filter(({ level }) => level === 40)
      assert.deepEqual(more, [])
      assert.equal(line?.msg, 'x-correlation-id replaced')
      assert.equal(line?.reason, reason)
      assert.equal(line?.correlationId, id)
      for (const value of sent.filter((each) => each !== ''))
        assert.ok(!JSON.stringify(lines).includes(JSON.stringify(value).slice(1, -1)))
    })
  }
})

test('a request without an id gets one, and no line makes a fuss of it', async (t) => {
  const { url, lines, waitForLine } = await startApp(t)

  const id = correlationIdOf(await getWithIds(url, []))

  assert.match(id, UUID_V4)
  assert.equal((await waitForLine('request completed')).correlationId, id)
  assert.equal(lines.length, 1)
})

suite('after the middleware nobody sees an id that was refused', () => {
  for (const sent of [[''], ['x'.repeat(129)], ['with a space'], ['one', 'two'], ['', 'three']]) {
    test(JSON.stringify(sent).slice(0, 40), async (t) => {
      const shown: RequestHandler = (req, res) => {
        const { headers, headersDistinct, rawHeaders } = req
        res.json([headers[NAME], headersDistinct[NAME], req.get(NAME), rawHeaders])
      }
      const { url } = await startApp(t, { routes: () => [Router().get('/seen', shown)] })

      const answer = await getWithIds(url, sent, '/seen')

      const id = correlationIdOf(answer)
      const raw = ['Host', 'x', 'Connection', 'close', NAME, id]
      assert.deepEqual(JSON.parse(answer.split('\r\n\r\n')[1] ?? ''), [id, [id], id, raw])
    })
  }

  test('a proxy that passes the headers on sends the one that the client was answered with', async (t) => {
    const { url } = await startApp(t, {
      routes: () => [
        Router().get('/pass-on', async (req, res) => {
          const { host: _, connection: __, ...headers } = req.headersDistinct
          const passed = Object.entries(headers).map(([name, values]) => [name, String(values)])
          const init = { headers: Object.fromEntries(passed) }
          res.json(await (await fetch(`${url}/echo`, init)).json())
        }),
      ],
    })

    const answer = await getWithIds(url, ['one', 'two'], '/pass-on')

    assert.match(answer, new RegExp(`{"received":"${correlationIdOf(answer)}"}$`))
  })
})

suite('an app that is mounted in another shares its id and its completion line', () => {
  for (const sent of [['abc-123'], ['with a space'], []]) {
    test(`where it was sent ${JSON.stringify(sent)}`, async (t) => {
      const { url, lines, waitForLine } = await startApp(t, {
        routes: (logger) => {
          const inner = express().use(correlation(logger), requestLog(logger))
          inner.get('/inner', (_req, res) => res.json({ id: getCorrelationId() }))
          return [Router().use('/mounted', logOuter(logger), inner)]
        },
      })

      const answer = await getWithIds(url, sent, '/mounted/inner')

      const id = correlationIdOf(answer)
      assert.match(answer, new RegExp(`{"id":"${id}"}$`))
      await waitForLine('request completed')
      const replaced = sent[0] === 'with a space' ? ['x-correlation-id replaced'] : []
      assert.deepEqual(
        lines.map(({ msg, correlationId }) => [msg, correlationId]),
        [...replaced, 'outer', 'request completed'].map((msg) => [msg, id]),
      )
    })
  }

  test('and one that brings a copy of its own, as of another build, does too, on one span', async (t) => {
    const folder = await copyProject(t)
    const copy = (name: string) => import(join(folder, 'src/throughline', `${name}.ts`))
    const [{ correlation }, { requestLog }, { errorHandler }] = await Promise.all(
      ['identity/correlation', 'log/request-log', 'answers/errors'].map(copy),
    )
    const { around, spans } = traceInProcess(t)
    const { url, lines, waitForLine } = await startApp(t, {
      around,
      routes: (logger) => {
        const inner = express().use(correlation(logger), requestLog(logger))
        inner.get('/inner', () => {
          throw new Error('of the inner app')
        })
        return [logOuter(logger), inner.use(errorHandler(logger))]
      },
    })

    const answer = await getWithIds(url, [], '/inner')

    const id = correlationIdOf(answer)
    await waitForLine('request completed')
    const spanId = spans()[0]?.spanContext().spanId
    assert.deepEqual(
      lines.map(({ msg, correlationId, span_id }) => [msg, correlationId, span_id]),
      ['outer', 'request failed', 'request completed'].map((msg) => [msg, id, spanId]),
    )
    assert.match(answer, new RegExp(`{"error":"internal","correlationId":"${id}"}$`))
  })
})

function logOuter(logger: Logger): RequestHandler {
  return (_req, _res, next) => {
    logger.info('outer')
    next()
  }
}

const acceptable = fc.string({
  unit: fc.constantFrom(...CHARACTERS),
  minLength: 1,
  maxLength: 128,
})
// What HTTP can carry in a header: any byte but the control characters, the tab excepted.
const anyBytes = fc.string({
  unit: fc.integer({ min: 9, max: 255 }).map((byte) => String.fromCharCode(legal(byte))),
  maxLength: 200,
})
const almostAcceptable = fc
  .tuple(acceptable, anyBytes, acceptable)
  .map((parts) => parts.join('').slice(0, 160))

test('whatever bytes arrive as the id, it comes back as sent or as a v4 UUID, on every line', async (t) => {
  const { url, lines, waitForLine } = await startApp(t)
  const values = fc.array(fc.oneof(acceptable, anyBytes, almostAcceptable), { maxLength: 2 })

  await fc.assert(
    fc.asyncProperty(values, async (sent) => {
      lines.length = 0
      const id = correlationIdOf(await getWithIds(url, sent))

      const [only] = sent.map((value) => value.replace(/^[ \t]+|[ \t]+$/g, ''))
      const valid = sent.length === 1 && /^[\w.:/+=@-]{1,128}$/.test(only ?? '')
      if (valid) assert.equal(id, only)
      else assert.match(id, UUID_V4)
      await waitForLine('request completed', (line) => line.correlationId === id)
      assert.equal(lines.length, valid || sent.length === 0 ? 1 : 2)
      assert.ok(lines.every((line) => line.correlationId === id))
    }),
    { numRuns: 300 },
  )
})

function legal(byte: number): number {
  return byte === 9 || (byte >= 32 && byte !== 127) ? byte : 32
}

function getWithIds(url: string, ids: readonly string[], path = '/echo'): Promise<string> {
  const headers = ids.map((id) => `${NAME}: ${id}\r\n`).join('')
  return rawRequest(url, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`)
}

/** The one correlation id among the answer's headers. */
function correlationIdOf(answer: string): string {
  const [head = ''] = answer.split('\r\n\r\n')
  const ids = [...head.matchAll(/^x-correlation-id: (.*)$/gim)].map(([, id = '']) => id.trim())
  assert.equal(ids.length, 1, head)
  return ids[0] ?? ''
}
