import type { KeyValue } from '../receiver/any-value.ts'
import type { OtlpSpan } from '../receiver/otlp.ts'

/** What a search by attribute looks at in a span, beside its resource and scope: as Jaeger, its events too. */
export const searchable = ({ attributes = [], events = [] }: OtlpSpan): KeyValue[] =>
  events.length === 0
    ? attributes
    : [...attributes, ...events.flatMap((event) => event.attributes ?? [])]
