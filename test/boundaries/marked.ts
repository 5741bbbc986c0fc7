import assert from 'node:assert/strict'
import type { boundaryApp, TELEMETRY } from './boundary-app.ts'

/** Asserts that the lines and the spans of this name, in any order, belong to `owners`, a span as a child of theirs. */
export function assertMarked(
  app: Awaited<ReturnType<typeof boundaryApp>>,
  telemetry: (typeof TELEMETRY)[number],
  name: string,
  owners: unknown[][],
): void {
  assert.deepEqual(app.said(name).toSorted(), owners.toSorted(), `lines: ${name}`)
  const children = app.spans
    .filter((span) => span.name === name)
    .map(({ attributes, traceId, parentSpanId }) => [
      attributes['correlation.id'],
      traceId,
      parentSpanId,
      '01',
    ])
  assert.deepEqual(
    children.toSorted(),
    telemetry === 'on' ? owners.toSorted() : [],
    `spans: ${name}`,
  )
}
