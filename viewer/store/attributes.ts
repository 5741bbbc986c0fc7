import { type KeyValue, textOf } from '../receiver/any-value.ts'
import { type OtlpSpan, otlpSpan } from '../receiver/otlp.ts'
import type { Database } from './database.ts'

/** What a search by attribute looks at in a span, beside its resource and scope: as Jaeger, its events too. */
export const searchable = ({ attributes = [], events = [] }: OtlpSpan): KeyValue[] =>
  events.length === 0
    ? attributes
    : [...attributes, ...events.flatMap((event) => event.attributes ?? [])]

export const carries = (attributes: KeyValue[], key: string, text: string): boolean =>
  attributes.some((attribute) => attribute.key === key && textOf(attribute.value) === text)

/** Gives SQL `carries(json, key, text)`: whether the span of this JSON has an attribute that reads as the text. */
export function addCarries(db: Database): void {
  db.function('carries', (json, key, text) => {
    const span = otlpSpan.parse(JSON.parse(String(json)))
    return carries(searchable(span), String(key), String(text)) ? 1 : 0
  })
}
