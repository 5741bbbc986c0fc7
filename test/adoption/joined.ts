import assert from 'node:assert/strict'
import { identitiesOf, requestLines } from '../e2e/observed-app.ts'
import type { StartedApp } from './owned-app.ts'

/**
 * Asks for `path`, and asserts that its answer and each of its lines have both identities, the last of them being the
 * one that says that it is over; gives the answer and the lines.
 */
export async function askJoined(app: StartedApp, path: string, correlationId: string) {
  const answer = await app.request(path, correlationId)
  assert.equal(answer.headers.get('x-correlation-id'), correlationId)
  const isLast = (line: object) =>
    Reflect.get(line, 'msg') === 'request completed' &&
    Reflect.get(line, 'correlationId') === correlationId
  const last = await app.waitForLine(isLast)
  const lines = requestLines(app.lines).filter((line) => line.correlationId === correlationId)
  const [, traceparent = ''] =
    /traceparent;desc="([^"]*)"/.exec(answer.headers.get('server-timing') ?? '') ?? []
  const [, traceId, spanId, flags] = traceparent.split('-')
  for (const line of lines) {
    assert.deepEqual(identitiesOf(line), [correlationId, traceId, spanId, flags])
  }
  return { answer, lines, last, traceId, spanId }
}
