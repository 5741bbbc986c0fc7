import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import type { IncomingHttpHeaders } from 'node:http'
import { basename } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Env } from '../../e2e/app-process.ts'
import { observedApp } from '../../e2e/observed-app.ts'

/** The requests of the app that make calls at the same time, each by its correlation id. */
export const NAMES = ['A', 'B', 'C', 'D', 'E']

/** What arrived where a call went to: `name` is the request of the app that made it, by the last part of its path. */
export interface Received {
  name: string
  path: string
  headers: IncomingHttpHeaders
}

/** What has arrived at servers of a test, in order. */
export class Arrivals {
  readonly all: Received[] = []
  readonly #news = new EventEmitter().setMaxListeners(0)

  add(path: string, headers: IncomingHttpHeaders): void {
    const [pathname = ''] = path.split('?')
    this.all.push({ name: basename(pathname), path, headers })
    this.#news.emit('news')
  }

  /** Resolves when `count` have arrived. */
  async until(count: number): Promise<void> {
    while (this.all.length < count) await once(this.#news, 'news')
  }
}

/** One test with telemetry and one without: with it, `traced` is true. */
export function testBoth(
  behaviour: string,
  run: (t: TestContext, stands: { traced: boolean; env: Env }) => Promise<void>,
): void {
  test(behaviour, (t) => run(t, { traced: true, env: {} }))
  test(`${behaviour}, the SDK disabled`, (t) =>
    run(t, { traced: false, env: { OTEL_SDK_DISABLED: 'true' } }))
}

/** Has the app of the fixture make calls of `client`, one for each of NAMES, all at once. */
export async function callFromAll(
  app: Awaited<ReturnType<typeof observedApp>>,
  client: string,
): Promise<void> {
  const answers = await Promise.all(
    NAMES.map((name) => app.request(`/call/${encodeURIComponent(client)}/${name}`, name)),
  )
  for (const [i, { body }] of answers.entries()) assert.equal(body, `{"called":"${NAMES[i]}"}`)
}

/** Starts a fixture of this folder as an app. */
export function startCaller(t: TestContext, fixture: string, env: Env) {
  return observedApp(t, { entry: `test/boundaries/calls/fixtures/${fixture}`, env })
}

/**
 * Ends the app, and asserts that what arrived has the identities of the request that it belongs to: its correlation id,
 * once, and as its parent a client span of its own in that request's trace, right under the request's server span.
 */
export async function assertOwnIdentities(
  app: Awaited<ReturnType<typeof startCaller>>,
  received: readonly Received[],
  traced: boolean,
): Promise<void> {
  const { lines, code } = await app.stop()
  assert.equal(code, 0)
  for (const { msg, correlationId, name } of lines)
    if (msg === 'answered') assert.equal(correlationId, name, 'the line of the answer')
  for (const { name, path, headers } of received) {
    const about = `${path} of ${name}`
    assert.equal(headers['x-correlation-id'], name, about)
    const [, traceId, spanId] = headers.traceparent?.toString().split('-') ?? []
    const line = lines.find(
      ({ msg, correlationId, trace_id }) =>
        msg === 'request completed' && correlationId === name && trace_id === traceId,
    )
    assert.ok(line, `a line of the request that made the call: ${about}`)
    if (!traced) continue
    const span = app.spans.find((each) => each.spanId === spanId)
    assert.equal(span?.kind, 'client', about)
    assert.equal(span.traceId, line.trace_id, about)
    assert.equal(span.parentSpanId, line.span_id, about)
    assert.equal(span.attributes['correlation.id'], name, about)
  }
  assert.ok(received.length > 0)
  const calls = app.spans.filter(({ kind }) => kind === 'client')
  const parents = new Set(received.map(({ headers }) => headers.traceparent))
  assert.equal(parents.size, traced ? received.length : Math.min(received.length, 1))
  assert.equal(calls.length, traced ? received.length : 0, 'one span for each that arrived')
}
