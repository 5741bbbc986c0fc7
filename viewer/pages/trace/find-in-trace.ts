import { type KeyValue, textOf } from '../../receiver/any-value.ts'
import type { OtlpSpan, Stored } from '../../receiver/otlp.ts'
import { type LogLine, logLineOf, spanOf } from '../../store/span.ts'
import type { Store } from '../../store/store.ts'

/** The rows of a trace, by id, whose span or line has the text anywhere: in its names, ids, messages or attributes. */
export function findInTrace(store: Store, traceId: string, text: string): string[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const has = (texts: string[]) => texts.some((each) => each.toLowerCase().includes(wanted))
  const spans = store.spansOf(traceId).filter((span) => has(textsOfSpan(span)))
  const lines = store.logsOf(traceId).map((stored) => ({ stored, line: logLineOf(stored) }))
  return [
    ...spans.map(({ item }) => `s-${item.spanId}`),
    ...lines.filter(({ line }) => has(textsOfLine(line))).map(({ stored }) => `l-${stored.id}`),
  ]
}

function textsOfSpan(stored: Stored<OtlpSpan>): string[] {
  const { name, service, spanId, kind, otlp } = spanOf(stored)
  const events = otlp.events ?? []
  return [
    ...[name, service, spanId, kind, otlp.status.message ?? ''],
    ...attributeTexts(otlp.attributes),
    ...events.flatMap((event) => [event.name, ...attributeTexts(event.attributes)]),
  ]
}

function textsOfLine({ message, level, attributes }: LogLine): string[] {
  return [message, level, ...attributeTexts(attributes)]
}

const attributeTexts = (attributes: KeyValue[] = []) =>
  attributes.flatMap(({ key, value }) => [key, textOf(value)])
