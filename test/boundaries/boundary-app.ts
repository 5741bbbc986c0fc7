import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { AppOptions } from '../e2e/app-process.ts'
import { identitiesOf, observedApp } from '../e2e/observed-app.ts'
import type { ReceivedSpan } from '../e2e/otlp-request.ts'

/** With traces, and with the id alone. */
export const TELEMETRY = ['on', 'off'] as const

/** The ids of requests that are there at the same time. */
export const IDS = ['first', 'second', 'third']

/** An app of fixtures/ in a process of its own, with telemetry on or off. */
export async function boundaryApp(
  t: TestContext,
  name: string,
  telemetry: (typeof TELEMETRY)[number],
  { env, ...options }: AppOptions = {},
) {
  const app = await observedApp(t, {
    entry: `test/boundaries/fixtures/${name}.ts`,
    env: { ...env, OTEL_SDK_DISABLED: String(telemetry === 'off') },
    ...options,
  })

  /** The span of this name and this id. */
  function spanOf(spanName: string, correlationId: string): ReceivedSpan {
    const [span, ...more] = app.spans.filter(
      ({ name, attributes }) => name === spanName && attributes['correlation.id'] === correlationId,
    )
    assert.ok(span, `a span ${spanName} of ${correlationId}`)
    assert.deepEqual(more, [], `one span ${spanName} of ${correlationId}`)
    return span
  }

  return {
    ...app,
    spanOf,
    /** What a line says that was written in the span of this name and id: with telemetry off, the id alone. */
    identitiesIn(spanName: string, correlationId: string): unknown[] {
      if (telemetry === 'off') return [correlationId, undefined, undefined, undefined]
      return identitiesOfSpan(spanOf(spanName, correlationId))
    },
    /** What the lines with this message say that they belong to. */
    said(message: string): unknown[][] {
      return app.lines.filter(({ msg }) => msg === message).map(identitiesOf)
    },
    /** Ends it in order, with all of its lines and spans. */
    async end(): Promise<void> {
      const { code, stderr } = await app.stop()
      assert.deepEqual([code, stderr], [0, ''])
      if (telemetry === 'off') {
        assert.deepEqual(app.spans, [])
        assert.equal(JSON.stringify(app.lines).includes('trace_id'), false)
      }
    },
  }
}

/** What a line says that belongs to nobody. */
export const NOBODY = [undefined, undefined, undefined, undefined]

/** What a line says that was written in this span. */
export function identitiesOfSpan({ attributes, traceId, spanId }: ReceivedSpan): unknown[] {
  return [attributes['correlation.id'], traceId, spanId, '01']
}

/** A link to this span. */
export function linkTo({ traceId, spanId }: ReceivedSpan) {
  return { traceId, spanId }
}
