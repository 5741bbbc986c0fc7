import { setTimeout } from 'node:timers/promises'
import { spansInAnswer } from '../e2e/otlp-request.ts'

/** The ids of the spans that the store has of a trace, each once. */
export async function storedSpans(ui: string, traceId: string): Promise<Set<string>> {
  const response = await fetch(`${ui}/api/v3/traces/${traceId}`)
  const text = await response.text()
  if (!response.ok) return new Set()
  return new Set(spansInAnswer(text).map(({ spanId }) => spanId))
}

/** Resolves when the store has `spans` of each of these traces. */
export async function untilStored(ui: string, traceIds: readonly string[], spans: number) {
  for (const id of traceIds) {
    for (;;) {
      const { size } = await storedSpans(ui, id)
      if (size > spans) throw new Error(`trace ${id} has ${size} spans, of ${spans}`)
      if (size === spans) break
      await setTimeout(100)
    }
  }
}
