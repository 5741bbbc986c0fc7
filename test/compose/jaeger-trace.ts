import { spansInAnswer } from '../e2e/otlp-request.ts'
import { askUntil } from './ask.ts'

/** The spans of a trace, from Jaeger's query API, as soon as it has `count` of them. */
export function jaegerTrace(ui: string, traceId: unknown, count: number) {
  return askUntil(`${ui}/api/v3/traces/${traceId}`, (text) => {
    const spans = spansInAnswer(text)
    return spans.length === count ? spans : undefined
  })
}

/** How many of these traces Jaeger has, as soon as that is `enough` of them. */
export async function howMany(ui: string, traceIds: readonly string[], enough: number) {
  for (;;) {
    let found = 0
    for (const id of traceIds) {
      const response = await fetch(`${ui}/api/v3/traces/${id}`)
      await response.text()
      if (response.ok) found += 1
    }
    if (found >= enough) return found
  }
}
