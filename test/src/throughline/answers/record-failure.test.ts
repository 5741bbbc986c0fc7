import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { SpanStatusCode } from '@opentelemetry/api'
import createError from 'http-errors'
import { failureRecorder } from '../../../../src/throughline/answers/errors.ts'
import { leaveInTheMiddle } from '../../raw-request.ts'
import { startApp } from '../../start-app.ts'
import { traceInProcess } from '../../trace-in-process.ts'

test('a failure that somebody else answers leaves its line and the exception of its span', async (t) => {
  const { url, lines, waitForLine, span } = await appThatAnswers(t, new Error('no paper'))

  assert.equal((await fetch(`${url}/answered`)).status, 418)
  await waitForLine('request completed')

  assert.deepEqual(
    lines.map(({ msg }) => msg),
    ['request failed', 'request completed'],
  )
  assert.equal(lines[0]?.span_id, span()?.spanContext().spanId)
  assert.equal(span()?.status.code, SpanStatusCode.ERROR)
  assert.equal(span()?.events[0]?.attributes?.['exception.message'], 'no paper')
})

test('what the client is to blame for is a line, and no exception', async (t) => {
  const { url, waitForLine, span } = await appThatAnswers(t, createError(404))

  await fetch(`${url}/answered`)
  await waitForLine('request completed')

  assert.equal((await waitForLine('request refused')).status, 404)
  assert.deepEqual(span()?.events, [])
})

test('of a client that went away in the middle of its body one line tells', async (t) => {
  const { url, lines, waitForLine, server } = await appThatAnswers(t)
  await leaveInTheMiddle(
    server,
    url,
    'POST /answered HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{',
  )

  await waitForLine('request aborted')
  assert.deepEqual(
    lines.map(({ msg }) => msg),
    ['request aborted'],
  )
})

/** An app whose route tells of `thrown`, or else of what the request's stream ends with, and answers by itself. */
async function appThatAnswers(t: TestContext, thrown?: Error) {
  const { around, spans } = traceInProcess(t)
  const app = await startApp(t, {
    around,
    routes: (logger) => {
      const recordFailure = failureRecorder(logger)
      return [
        (req, res) => {
          const fail = (error: Error) => {
            recordFailure(error, req)
            res.status(418).end()
          }
          if (thrown === undefined) req.on('error', fail)
          else fail(thrown)
        },
      ]
    },
  })
  return { ...app, span: () => spans()[0] }
}
