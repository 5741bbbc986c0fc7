import { searchTraces } from '../../store/search.ts'
import type { Store } from '../../store/store.ts'
import { identify } from './identify.ts'

/** Where what was typed or pasted leads: a trace, or the list of those with one correlation id. */
export function destination(store: Store, text: string): string | undefined {
  const found = identify(text)
  if (!found) return undefined
  const trace = (traceId: string, spanId?: string) =>
    `/trace/${traceId}${spanId ? `?uiFind=${spanId}` : ''}`
  if (found.traceId && store.hasTrace(found.traceId)) return trace(found.traceId, found.spanId)
  // Thirty-two hex digits may also be how somebody writes a correlation id.
  const attributes = { 'correlation.id': found.correlationId ?? found.traceId ?? '' }
  const same = searchTraces(store, { attributes, limit: 2 })
  if (same.length === 1 && same[0]) return trace(same[0].traceId)
  if (same.length === 0 && found.traceId) return trace(found.traceId, found.spanId)
  return `/search?tags=${encodeURIComponent(JSON.stringify(attributes))}`
}
