import { type KeyValue, textOf } from '../../receiver/any-value.ts'
import { searchable } from '../../store/attributes.ts'
import { logLineOf, spanOf } from '../../store/span.ts'
import type { Store } from '../../store/store.ts'

/** The rows of a trace, by id, whose span or line has the text anywhere: in its names, ids, messages or attributes. */
export function findInTrace(store: Store, traceId: string, text: string): string[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const isIn = (each: string) => each.toLowerCase().includes(wanted)
  const areIn = (attributes: KeyValue[]) =>
    attributes.some(({ key, value }) => isIn(key) || isIn(textOf(value)))
  const spans = store.spansOf(traceId).map(spanOf)
  const found = spans.filter(({ name, service, spanId, kind, otlp }) => {
    const events = (otlp.events ?? []).map((event) => event.name)
    const texts = [name, service, spanId, kind, otlp.status.message ?? '', ...events]
    return texts.some(isIn) || areIn(searchable(otlp))
  })
  const lines = store.logsOf(traceId).filter((stored) => {
    const { message, level, attributes } = logLineOf(stored)
    return [message, level].some(isIn) || areIn(attributes)
  })
  return [...found.map(({ spanId }) => `s-${spanId}`), ...lines.map(({ id }) => `l-${id}`)]
}
